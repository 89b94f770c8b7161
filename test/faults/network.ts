// Faults of a network, between a desk and its server; after public bug reports, see the issue about outcomes.
import type { Random } from "../../src/index.ts";
import { noAnswer, type Through } from "./world-desk.ts";
import type { WorldRequest } from "./world-server.ts";

/** The faults that last until they are healed. */
export const lastingFaults = ["refuse", "silence", "lose responses", "delay", "cut bodies", "fail"] as const;
export type LastingFault = (typeof lastingFaults)[number];

/** Milliseconds that a response takes while the network delays. */
const delayMs = 1500;

/** A network whose faults a test switches on and off. A new one has none. */
export class Network {
  fault: LastingFault | undefined;
  /** The maximum of milliseconds that a request takes to the server, and a response back. */
  latency = 0;
  readonly #random: Random;
  readonly #wait: (ms: number) => Promise<void>;
  #open = new AbortController();

  /** @param wait - resolves after so many milliseconds of simulated time. */
  constructor(random: Random, wait: (ms: number) => Promise<void>) {
    this.#random = random;
    this.#wait = wait;
  }

  /** Cuts every connection. */
  cutAll(): void {
    const open = this.#open;
    this.#open = new AbortController();
    open.abort();
  }

  readonly through: Through = (request, forward) => {
    const signal = AbortSignal.any([request.signal, this.#open.signal]);
    const cut: WorldRequest = { ...request, signal };
    return Promise.race([this.#pass(cut, () => forward(cut)), noAnswer(cut)]);
  };

  async #pass(request: WorldRequest, forward: () => Promise<Response>): Promise<Response> {
    if (this.fault === "refuse") throw new TypeError("The connection was refused.");
    if (this.fault === "silence") return noAnswer(request);
    if (this.fault === "fail") return new Response("", { status: 503 });
    await this.#travel();
    const response = await forward();
    await this.#travel();
    // The fault may have begun or ended while the server answered.
    switch (this.fault as LastingFault | undefined) {
      case "silence":
      case "lose responses":
        return noAnswer(request);
      case "delay":
        await this.#wait(delayMs);
        return response;
      case "cut bodies":
        return cutBody(response);
      default:
        return response;
    }
  }

  async #travel(): Promise<void> {
    if (this.latency > 0) await this.#wait(this.#random() * this.latency);
  }
}

/** Returns the response with half of its body, after which the connection is cut. */
async function cutBody(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.slice(0, bytes.length / 2)),
    pull: (controller) => controller.error(new TypeError("The connection was cut.")),
  });
  const { status, headers } = response;
  return new Response(body, { status, headers });
}
