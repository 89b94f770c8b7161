import { act, cleanup, render } from "@testing-library/react";
import { StrictMode, type ReactNode } from "react";
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { Desk } from "deskstate";
import { DeskProvider, type DeskProviderProps } from "deskstate/react";

/** Components below a provider. */
export interface View {
  /** Returns the present text. */
  readonly text: () => string;
  readonly root: HTMLElement;
  readonly show: (children: ReactNode) => void;
  readonly unmount: () => void;
}

/** Renders components below a provider of this desk. */
export function show(
  desk: Desk,
  children: ReactNode,
  {
    autoStart,
    isStrict = false,
  }: Pick<DeskProviderProps, "autoStart"> & { readonly isStrict?: boolean } = {},
): View {
  const provided = (below: ReactNode) => (
    <DeskProvider desk={desk} autoStart={autoStart}>
      {below}
    </DeskProvider>
  );
  const options = isStrict ? { wrapper: StrictMode } : {};
  const { container, rerender, unmount } = render(provided(children), options);
  return {
    text: () => container.textContent,
    root: container,
    show: (below) => rerender(provided(below)),
    unmount,
  };
}

/** Runs a change, and resolves when React has rendered its effects. */
export async function happen(change: () => unknown): Promise<void> {
  await act(async () => {
    await change();
  });
}

/** Returns a component that shows the result of a function, and counts its renders. */
export function reading(read: () => unknown): {
  readonly Reading: () => string;
  readonly renders: () => number;
} {
  let count = 0;
  const Reading = () => {
    count++;
    const value = read();
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  return { Reading, renders: () => count };
}

/** Unmounts after each test, and fails it if React printed a warning or an error on the console. */
export function tidy(): void {
  beforeEach(() => {
    vi.spyOn(console, "warn");
    vi.spyOn(console, "error");
  });
  afterEach(() => {
    cleanup();
    expect([vi.mocked(console.warn).mock.calls, vi.mocked(console.error).mock.calls]).toEqual([[], []]);
  });
}
