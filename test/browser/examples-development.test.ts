import { describe, expect, test } from "vitest";
import { openApp, untilLive } from "./app-page.ts";
import { useDevelopmentServer } from "./use-app.ts";
import { useBrowser } from "./use-browser.ts";

const browser = useBrowser();

// The other tests of the examples use a build.
describe.each(["react-desk", "vue-desk"])("%s", (name) => {
  const served = useDevelopmentServer(`examples/${name}`);

  test("signs an agent in when its own command serves it", async () => {
    const app = await openApp(browser, served().url);
    await app.page.getByRole("button", { name: "Sign in" }).click();
    await untilLive(app);
    expect(app.complaints).toEqual([]);
  });
});
