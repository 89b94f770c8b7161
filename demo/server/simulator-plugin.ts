import type { IncomingMessage } from "node:http";
import type { Plugin, ViteDevServer } from "vite";
// By path: Vite bundles its config files and leaves packages to Node, which would look for the built deskstate.
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";
import { passOn } from "./pass-on.ts";
import { serveControls } from "./serve-controls.ts";
import { createSimulatorControls } from "./simulator-controls.ts";

/** The options of {@link simulatorPlugin}. */
export interface SimulatorPluginOptions {
  /** The number of agents: agent1, agent2 …; default 1. */
  readonly agents?: number;
  /** The seed of all names, texts and choices; default 7. */
  readonly seed?: number;
  /** Whether customers arrive by themselves from the beginning; default false. */
  readonly customers?: boolean;
  /** Whether the page may send customers, revoke, cut the network and restart the server; default true. */
  readonly controls?: boolean;
}

const name = "deskstate-simulator";
const offerTimeout = 15_000;
const reasons = ["OutToLunch", "Break", "Training", "Meeting"];
const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * A Vite plugin that runs a simulated contact centre in the process of the development server.
 *
 * On the origin of the page, and for this machine only: `/api/v2` is the server that a desk connects to, `GET /simulator`
 * returns its state ({@link SimulatorState}), and `POST` on the name of a control, as in `/simulator/revoke`, changes it.
 */
export function simulatorPlugin(options: SimulatorPluginOptions = {}): Plugin<Simulator> {
  const { agents = 1, seed = 7, customers = false, controls = true } = options;
  const simulator = createSimulator({ agents, seed, offerTimeout, reasons });
  const simulatorControls = createSimulatorControls(simulator, { offerTimeout, reasons });

  return {
    name,
    apply: "serve",
    api: simulator,
    // Vite would let other sites of this machine read the responses.
    config: ({ server }) => ({ server: { cors: false, host: server?.host ?? "127.0.0.1" } }),
    async configureServer({ middlewares, config }) {
      await simulator.start();
      if (customers) void simulatorControls.controls.customers({ on: true });
      middlewares.use("/api", (request, response, next) => {
        if (!isLocal(request)) return next();
        request.url = request.originalUrl ?? request.url;
        passOn(request, response, simulator.url);
      });
      middlewares.use("/simulator", (request, response, next) => {
        if (!isLocal(request)) return next();
        serveControls(simulatorControls, request, response, { hasControls: controls }).catch(
          (error: unknown) => {
            config.logger.error(`The simulator failed: ${String(error)}`);
            response.destroy();
          },
        );
      });
    },
    async closeBundle() {
      simulatorControls.end();
      await simulator.stop();
    },
  };
}

/** Returns the simulator of a server that has the plugin, for code in the same process. */
export function simulatorOf({ config }: ViteDevServer): Simulator {
  const plugin = config.plugins.find((one) => one.name === name) as Plugin<Simulator> | undefined;
  if (plugin?.api === undefined) throw new Error("This server has no simulator.");
  return plugin.api;
}

function isLocal(request: IncomingMessage): boolean {
  return loopback.has(request.socket.remoteAddress ?? "");
}
