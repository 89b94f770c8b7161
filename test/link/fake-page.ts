import { vi } from "vitest";

/** What can happen to a page. */
export interface FakePage {
  readonly online: () => void;
  readonly offline: () => void;
  readonly resume: () => void;
  /** The page ends, or is kept for the way back. */
  readonly hide: (persisted: boolean) => void;
  readonly show: (persisted: boolean) => void;
  readonly become: (visibilityState: "visible" | "hidden") => void;
}

/** A page around the link, as far as waking up is concerned; `vi.unstubAllGlobals` takes it away. */
export function fakePage(): FakePage {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const window = new EventTarget();
  vi.stubGlobal("document", document);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  const happen = (name: string, details: object = {}) =>
    void window.dispatchEvent(Object.assign(new Event(name), details));
  return {
    online: () => happen("online"),
    offline: () => happen("offline"),
    resume: () => void document.dispatchEvent(new Event("resume")),
    hide: (persisted) => happen("pagehide", { persisted }),
    show: (persisted) => happen("pageshow", { persisted }),
    become(visibilityState) {
      document.visibilityState = visibilityState;
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
}
