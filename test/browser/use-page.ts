import { onTestFinished } from "vitest";
import { passOn } from "../../demo/server/pass-on.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { serveOrigin } from "./serve-origin.ts";

/** Serves the page, with the API of this simulator under `/api` of the same origin. @returns its address */
export type ServePage = (simulator: Pick<Simulator, "url">) => Promise<string>;

/** Returns a function that serves the page in `./page`, with deskstate from its source, until the test is over. */
export function usePage(): ServePage {
  return async (simulator) => {
    const { url, close } = await serveOrigin("test/browser/page", (request, response) => {
      if (request.url?.startsWith("/api/") !== true) return false;
      passOn(request, response, simulator.url);
      return true;
    });
    onTestFinished(close);
    return url;
  };
}
