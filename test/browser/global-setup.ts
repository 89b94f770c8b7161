import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { findChromium, noChromium, quietArguments } from "./chromium.ts";
import { serveBuilds } from "./serve-builds.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the shared browser is driven; empty when no Chromium is installed. */
    readonly browserEndpoint: string;
    /** The address of {@link serveBuilds}. */
    readonly buildsUrl: string;
  }
}

/** Starts one Chromium and one server of built pages for all browser tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    console.log(`The browser tests are skipped. ${noChromium()}`);
    project.provide("browserEndpoint", "");
    project.provide("buildsUrl", "");
    return async () => {};
  }
  const [browser, builds] = await Promise.all([
    chromium.launchServer({ executablePath, args: [...quietArguments] }),
    serveBuilds(),
  ]);
  project.provide("browserEndpoint", browser.wsEndpoint());
  project.provide("buildsUrl", builds.url);
  return async () => {
    await Promise.all([browser.close(), builds.close()]);
  };
}
