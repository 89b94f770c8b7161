import { vi } from "vitest";

/** The events of a page. */
export interface FakePage {
  readonly online: () => void;
  readonly offline: () => void;
  readonly resume: () => void;
  /** The page is unloaded, or enters the back/forward cache. */
  readonly hide: (persisted: boolean) => void;
  readonly show: (persisted: boolean) => void;
  readonly become: (visibilityState: "visible" | "hidden") => void;
}

/** Creates a page around the link, with the events that wake it up; `vi.unstubAllGlobals` removes it. */
export function fakePage(): FakePage {
  const document = { visibilityState: "visible" };
  // Events of the document reach a listener of the window that captures them.
  const window = new EventTarget();
  vi.stubGlobal("document", document);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  const dispatch = (name: string, details: object = {}) =>
    void window.dispatchEvent(Object.assign(new Event(name), details));
  return {
    online: () => dispatch("online"),
    offline: () => dispatch("offline"),
    resume: () => dispatch("resume"),
    hide: (persisted) => dispatch("pagehide", { persisted }),
    show: (persisted) => dispatch("pageshow", { persisted }),
    become(visibilityState) {
      document.visibilityState = visibilityState;
      dispatch("visibilitychange");
    },
  };
}
