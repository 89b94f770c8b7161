import { expect, test, vi } from "vitest";

const mustNotLoad = (name: string) => () => {
  throw new Error(`${name} was loaded.`);
};

test("the core, the charts and the link load no React", async () => {
  for (const name of ["react", "react-dom", "react/jsx-runtime"]) vi.doMock(name, mustNotLoad(name));
  await expect(import("react")).rejects.toThrow("mocking a module");
  for (const entry of ["deskstate", "deskstate/gws", "deskstate/machines"] as const) {
    expect(Object.keys(await import(entry))).not.toEqual([]);
  }
  await expect(import("deskstate/react")).rejects.toThrow("mocking a module");
});

test("deskstate/react loads the package react only, and neither Vue nor CometD", async () => {
  vi.doUnmock("react");
  for (const name of [
    "vue",
    "cometd",
    "set-cookie-parser",
    "react-dom",
    "react-dom/client",
    "react/jsx-runtime",
  ]) {
    vi.doMock(name, mustNotLoad(name));
  }
  vi.resetModules();
  expect(Object.keys(await import("deskstate/react")).toSorted()).toEqual([
    "DeskProvider",
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
