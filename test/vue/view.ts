import { createApp, nextTick, type Component } from "vue";
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { Desk } from "deskstate";
import { deskPlugin, type ProvideOptions } from "deskstate/vue";

/** An application that is shown, with a desk. */
export interface View {
  readonly root: Element;
  /** What is to be read when all changes are drawn. */
  readonly text: () => Promise<string>;
  readonly unmount: () => void;
}

/** Mounts a component in a page of its own, as an application with this desk does. */
export function show(component: Component, desk: Desk, options?: ProvideOptions): View {
  const app = createApp(component).use(deskPlugin, desk, options);
  const root = document.createElement("div");
  app.mount(root);
  return { root, text: () => drawn(root), unmount: () => app.unmount() };
}

export async function drawn(root: Element): Promise<string> {
  await nextTick();
  return root.textContent;
}

/** Vue says on the console what it takes for a mistake. In the tests of a file that uses this it may not. */
export function expectSilence(): void {
  beforeEach(() => {
    vi.spyOn(console, "warn");
    vi.spyOn(console, "error");
  });
  afterEach(() => {
    expect([vi.mocked(console.warn).mock.calls, vi.mocked(console.error).mock.calls]).toEqual([[], []]);
  });
}
