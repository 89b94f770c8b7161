import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { until } from "../link/until.ts";
import { javaModule } from "./versions.ts";

/** The options of a server. */
export interface JavaServerOptions {
  /** Whether it acknowledges messages. */
  readonly ack?: boolean;
  /** The HTTP status for CometD without an HTTP session; 0 leaves the refusal to CometD. */
  readonly refusal?: 0 | 401 | 403;
  /** The parameters of CometD's servlet, in milliseconds. */
  readonly comet?: Readonly<Record<string, number>>;
}

/** One thing that a server saw: a request, a Bayeux channel, an operation, a session that is "removed". */
export interface Seen {
  readonly saw: string;
  readonly client?: string;
  readonly isTimeout?: boolean;
  readonly number?: number;
  readonly port?: number;
}

/** An order for a server: to list, to notify, to advise, or to end sessions. */
export interface Order {
  readonly interactions?: readonly unknown[];
  readonly channels?: readonly unknown[];
  /** In one batch. */
  readonly notify?: readonly { readonly topic: string; readonly data: unknown }[];
  /** A topic whose messages wait for the next answer. */
  readonly lazy?: string;
  readonly advise?: { readonly timeout: number; readonly interval: number };
  readonly end?: "http" | "comet" | "both";
}

/** A Java CometD server in a process of its own. */
export class JavaServer {
  /** The requests that it received, restarts included. */
  readonly seen: Seen[] = [];
  readonly #version: string;
  readonly #options: JavaServerOptions;
  #process: ChildProcess | undefined;
  #port = 0;
  #isUp = false;
  #orders = 0;

  constructor(version: string, options: JavaServerOptions) {
    this.#version = version;
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  /** Whether it accepts orders. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** Returns how many of these requests it received. */
  count(what: string): number {
    return this.seen.filter(({ saw }) => saw === what).length;
  }

  /** Starts it, at the port that it had before. */
  async start(): Promise<void> {
    const { ack = true, refusal = 401, comet = {} } = this.#options;
    const options = {
      port: this.#port,
      ack,
      refusal,
      comet: { timeout: 1000, maxInterval: 5000, sweepPeriod: 100, ...comet },
    };
    const path = ["classes", "dependencies/*"].map((part) => `${javaModule}/target/${this.#version}/${part}`);
    const child = spawn(
      "java",
      ["-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", path.join(delimiter), "Main", JSON.stringify(options)],
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    this.#process = child;
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    const starts = this.count("listening");
    createInterface({ input: child.stdout }).on("line", (line) => {
      const seen = JSON.parse(line) as Seen;
      this.#port = seen.port ?? this.#port;
      this.seen.push(seen);
    });
    const listens = () => this.count("listening") > starts;
    await until("the server listens", () => listens() || child.exitCode !== null, 30_000);
    if (!listens()) throw new Error(complaints);
    this.#isUp = true;
  }

  /** Sends an order and waits until it is done. */
  async order(order: Order): Promise<void> {
    const number = ++this.#orders;
    this.#process?.stdin?.write(`${JSON.stringify({ number, ...order })}\n`);
    await until("an order is done", () => this.seen.some((seen) => seen.number === number), 10_000);
  }

  /** Ends it: by a kill, or in its own way when its input ends. */
  async stop(how: "killed" | "in order" = "killed"): Promise<void> {
    const child = this.#process;
    this.#isUp = false;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    if (how === "killed") child.kill("SIGKILL");
    else child.stdin?.end();
    await ended;
  }
}

/** Starts a server; it is stopped when the test is over. */
export async function javaServer(version: string, options: JavaServerOptions = {}): Promise<JavaServer> {
  const server = new JavaServer(version, options);
  onTestFinished(() => server.stop());
  await server.start();
  return server;
}
