import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createDesk, type Desk } from "deskstate";
import { gws } from "deskstate/gws";
import { createServer } from "vite";
import { onTestFinished } from "vitest";
import type { DemoSimulatorOptions } from "../../demo/server/demo-simulator.ts";
import { simulatorPlugin } from "../../demo/server/simulator-plugin.ts";
import type { Control, SimulatorState } from "../../demo/server/simulator-controls.ts";

/** A Vite server with a contact centre in it. */
export interface DemoServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly readState: () => Promise<SimulatorState>;
  /** Sends the request that a button of the page sends. */
  readonly ask: (control: Control, parameters?: object) => Promise<Response>;
  /** A desk that is signed in over the origin of the page, and ready on both channels. */
  readonly startDesk: () => Promise<Desk>;
}

/** Serves no page, only what the plugin adds. It is closed after the test. */
export async function serveDemo(options: DemoSimulatorOptions = {}): Promise<DemoServer> {
  const cacheDir = await mkdtemp(join(tmpdir(), "deskstate-demo-"));
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("../../demo/server", import.meta.url)),
    cacheDir,
    logLevel: "silent",
    plugins: [simulatorPlugin(options)],
    server: { port: 0, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  onTestFinished(async () => {
    await server.close();
    await rm(cacheDir, { recursive: true, force: true });
  });
  const origin = new URL(server.resolvedUrls?.local[0] ?? "").origin;

  return {
    origin,
    readState: async () => (await (await fetch(`${origin}/simulator`)).json()) as SimulatorState,
    ask: (control, parameters = {}) =>
      fetch(`${origin}/simulator/${control}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Origin: origin },
        body: JSON.stringify(parameters),
      }),
    startDesk: async () => {
      const credentials = { user: "agent1", password: "secret-agent1" };
      const desk = createDesk({
        link: gws({ url: `${origin}/api/v2`, credentials, handshakeSpread: 0 }),
      });
      onTestFinished(() => desk.stop());
      await desk.start();
      await desk.channel("email").actions.Ready?.();
      await desk.channel("chat").actions.Ready?.();
      return desk;
    },
  };
}
