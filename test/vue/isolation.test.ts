import { afterEach, expect, test, vi } from "vitest";

const others = ["react", "react-dom", "cometd", "set-cookie-parser", "@xstate/vue", "@xstate/react"];

/** Makes each later import of one of these modules fail. */
function forbid(...names: string[]): void {
  vi.resetModules();
  for (const name of names) {
    vi.doMock(name, () => {
      throw new Error(`${name} was loaded`);
    });
  }
}

afterEach(() => {
  for (const name of ["vue", ...others]) vi.doUnmock(name);
});

test("deskstate/vue loads Vue, and neither another framework nor CometD", async () => {
  forbid(...others);
  expect(await import("deskstate/vue")).toHaveProperty("useDesk");
  forbid("vue");
  await expect(import("deskstate/vue")).rejects.toHaveProperty("cause.message", "vue was loaded");
});

test("deskstate, its charts and its link load no Vue", async () => {
  forbid("vue");
  expect(await import("deskstate")).toHaveProperty("createDesk");
  expect(await import("deskstate/machines")).toHaveProperty("chatMachine");
  expect(await import("deskstate/gws")).toHaveProperty("gws");
});

test("deskstate/vue exports these names", async () => {
  expect(Object.keys(await import("deskstate/vue")).toSorted()).toEqual([
    "deskPlugin",
    "provideDesk",
    "useAnomalies",
    "useChannel",
    "useConnection",
    "useDesk",
    "useDeskSelector",
    "useEnded",
    "useInteraction",
    "useInteractions",
    "useInvitations",
  ]);
});
