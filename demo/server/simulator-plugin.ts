import type { Plugin, ViteDevServer } from "vite";
import type { Simulator } from "../../src/simulator/index.ts";
import { createDemoSimulator, type DemoSimulatorOptions } from "./demo-simulator.ts";

const name = "deskstate-simulator";

/**
 * A Vite plugin that runs a simulated contact centre in the process of the development server.
 *
 * At the origin of the page, and for this machine only: `/api/v2` is the server that a desk connects to, `GET /simulator`
 * returns the simulator's state, and `POST` on the name of a control, such as `/simulator/revoke`, changes it.
 */
export function simulatorPlugin(options: DemoSimulatorOptions = {}): Plugin<Simulator> {
  const { simulator, start, stop, handle } = createDemoSimulator(options);
  return {
    name,
    apply: "serve",
    api: simulator,
    // Vite would let other sites of this machine read the responses.
    config: ({ server }) => ({ server: { cors: false, host: server?.host ?? "127.0.0.1" } }),
    async configureServer({ middlewares, config }) {
      await start();
      middlewares.use((request, response, next) => {
        const onError = (error: unknown) => config.logger.error(`The simulator failed: ${String(error)}`);
        if (!handle(request, response, onError)) next();
      });
    },
    closeBundle: stop,
  };
}

/** Returns the simulator of a server that has the plugin, for code in the same process. */
export function simulatorOf({ config }: ViteDevServer): Simulator {
  const plugin = config.plugins.find((one) => one.name === name) as Plugin<Simulator> | undefined;
  if (plugin?.api === undefined) throw new Error("This server has no simulator.");
  return plugin.api;
}
