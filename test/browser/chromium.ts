import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/** The usual folders, for a PATH that does not name them. */
const places = [
  "/usr/bin",
  "/usr/local/bin",
  "/snap/bin",
  "/opt/google/chrome",
  "/opt/homebrew/bin",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Returns the Chromium or Chrome to test with: the one that DESKSTATE_CHROMIUM names, else the first that is installed. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment["DESKSTATE_CHROMIUM"];
  if (named !== undefined && named !== "") return isProgram(named) ? named : undefined;
  const folders = [...(environment["PATH"] ?? "").split(delimiter).filter(Boolean), ...places];
  return folders.flatMap((folder) => [...names.map((name) => join(folder, name)), folder]).find(isProgram);
}

/** The features that Playwright disables and these tests could notice: a later list replaces its own. */
const disabledByPlaywright = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];
/** The pages that each new window loads for its address bar: more work than most pages under test. */
const addressBarPages = ["WebUIOmniboxAimPopup", "WebUIOmniboxPopup"];

/** Arguments of a browser that does not use the network by itself, wait for a graphics card, or need much shared memory. */
export const quietArguments: readonly string[] = [
  `--disable-features=${[...disabledByPlaywright, ...addressBarPages].join(",")}`,
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Returns how to get a Chromium, in one line. */
export function noChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment["DESKSTATE_CHROMIUM"];
  if (named) return `DESKSTATE_CHROMIUM names ${named}, which is no program that can be run.`;
  return "No Chromium found: install it (apt-get install chromium, or brew install --cask chromium), or name it in DESKSTATE_CHROMIUM.";
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
