import type { IncomingMessage, ServerResponse } from "node:http";
// By path: Vite bundles its config files and leaves packages to Node, which would look for the built deskstate.
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";
import { passOn } from "./pass-on.ts";
import { serveControls } from "./serve-controls.ts";
import { createSimulatorControls } from "./simulator-controls.ts";

/** The options of a simulator beside a page. */
export interface DemoSimulatorOptions {
  /** The number of agents: agent1, agent2 …; default 1. */
  readonly agents?: number;
  /** The seed of all names, texts and choices; default 7. */
  readonly seed?: number;
  /** Whether customers arrive by themselves from the beginning; default false. */
  readonly customers?: boolean;
  /** Whether the page may send customers, revoke, cut the network and restart the server; default true. */
  readonly controls?: boolean;
  /** Milliseconds until an offer that is not answered is revoked; default 15 000. */
  readonly offerTimeout?: number;
  /** Milliseconds for which the page cuts the network; default 5 000. */
  readonly cutDuration?: number;
  /** Milliseconds for which a restarted server is down; default 2 000. */
  readonly restartDuration?: number;
}

/** A simulated contact centre at the origin of a page. */
export interface DemoSimulator {
  readonly simulator: Simulator;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /**
   * Answers a request for `/api`, the server that a desk connects to, or for `/simulator`, the controls. Takes requests of
   * this machine only.
   *
   * @param onError - receives errors of this code.
   * @returns whether it answers this request
   */
  readonly handle: (
    request: IncomingMessage,
    response: ServerResponse,
    onError: (error: unknown) => void,
  ) => boolean;
}

const reasons = ["OutToLunch", "Break", "Training", "Meeting"];
const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Creates a simulator with the controls of the demo. */
export function createDemoSimulator({
  agents = 1,
  seed = 7,
  customers = false,
  controls: hasControls = true,
  offerTimeout = 15_000,
  cutDuration = 5_000,
  restartDuration = 2_000,
}: DemoSimulatorOptions = {}): DemoSimulator {
  const simulator = createSimulator({ agents, seed, offerTimeout, reasons });
  const times = { offerTimeout, cutDuration, restartDuration };
  const controls = createSimulatorControls(simulator, { ...times, reasons });
  return {
    simulator,
    async start() {
      await simulator.start();
      if (customers) void controls.controls.customers({ on: true });
    },
    async stop() {
      controls.end();
      await simulator.stop();
    },
    handle(request, response, onError) {
      const [, first] = (request.url ?? "").split(/[/?]/);
      if (!loopback.has(request.socket.remoteAddress ?? "")) return false;
      if (first === "api") passOn(request, response, simulator.url);
      else if (first === "simulator") {
        serveControls(controls, request, response, { hasControls }).catch((error: unknown) => {
          onError(error);
          response.destroy();
        });
      } else return false;
      return true;
    },
  };
}
