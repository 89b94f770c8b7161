import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { simulate } from "../link/simulate.ts";
import { compareWithTruth, goReady, signIn } from "./page-desk.ts";
import { passOn } from "../../demo/server/pass-on.ts";
import { useBrowser } from "./use-browser.ts";
import { usePage } from "./use-page.ts";

const browser = useBrowser();
const serve = usePage();

/** The API at an origin of its own, which allows pages of this other origin to use it. Gives its base URL. */
async function allow(origin: string, simulator: Simulator, exposed: string): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Expose-Headers", exposed);
    if (request.method === "OPTIONS") {
      response.setHeader("Access-Control-Allow-Headers", "authorization, content-type, x-csrf-token");
      response.writeHead(204).end();
    } else passOn(request, response, simulator.url);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`;
}

async function fromElsewhere(exposed: string) {
  const simulator = await simulate();
  const page = await serve(simulator);
  const { origin } = new URL(page);
  return { simulator, url: await allow(origin, simulator, exposed), ...(await browser.open(page)) };
}

test("a server at another origin of the same site can be used, where it allows that with credentials", async () => {
  const { simulator, url, page, faults } = await fromElsewhere("X-CSRF-HEADER, X-CSRF-TOKEN, Retry-After");
  const ana = simulator.agents[0]!;
  await signIn(page, ana, { url });
  await goReady(page);
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(faults).toEqual([]);
});

test("where such a server does not expose its CSRF headers, signing in ends instead of being tried for ever", async () => {
  const { simulator, url, page } = await fromElsewhere("Retry-After");
  await expect(signIn(page, simulator.agents[0]!, { url })).rejects.toThrow("refused the credentials");
});
