import { findChromium, noChromium } from "./chromium.ts";

/** Once for a run that has browser tests in it. */
export default function sayWhenSkipped(): void {
  if (findChromium() === undefined) console.log(`The browser tests are skipped. ${noChromium()}`);
}
