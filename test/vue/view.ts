import { createApp, nextTick, type Component } from "vue";
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { Desk } from "deskstate";
import { deskPlugin, type ProvideOptions } from "deskstate/vue";

/** A mounted application with a desk. */
export interface View {
  readonly root: Element;
  /** Resolves to the text when all changes are rendered. */
  readonly text: () => Promise<string>;
  readonly unmount: () => void;
}

/** Mounts a component as an application with this desk. */
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

/** Fails each test of the file in which Vue prints a warning or an error on the console. */
export function expectSilence(): void {
  beforeEach(() => {
    vi.spyOn(console, "warn");
    vi.spyOn(console, "error");
  });
  afterEach(() => {
    expect([vi.mocked(console.warn).mock.calls, vi.mocked(console.error).mock.calls]).toEqual([[], []]);
  });
}
