import { type Clock, systemClock } from "../domain/clock.ts";
import { type AgentAccount, agentAccounts } from "./agents.ts";
import { createCometServer } from "./comet/comet-server.ts";
import { type Behaviour, defaultBehaviour } from "./behaviour.ts";
import type { CometTimes } from "./comet/comet-session.ts";
import { agentNamed, createContactCenter, emptyContactCenter } from "./contact-center.ts";
import { type TrafficOptions, startTraffic } from "./customer-traffic.ts";
import { type Customers, createCustomers } from "./customers.ts";
import { type Faults, createFaultRules } from "./faults.ts";
import { createHttpServer } from "./http-server.ts";
import { createHttpSessions } from "./http-sessions.ts";
import { createOutbox } from "./outbox.ts";
import { type ServedRequest, createRequestLog } from "./request-log.ts";
import { type ServerContext, serveRequest } from "./serve.ts";
import { offerById, revokeById } from "./router.ts";
import { type AgentSnapshot, agentSnapshot } from "./snapshot.ts";

/** The options of a simulator. */
export interface SimulatorOptions {
  /** The port on 127.0.0.1; default 0, any free port. */
  readonly port?: number;
  /** The accounts, or their number: agent1, agent2 … with the password `secret-` + user. Default 1. */
  readonly agents?: number | readonly AgentAccount[];
  /** The seed of all ids, tokens, names, texts and choices; default 1. */
  readonly seed?: number;
  /** The clock of everything in the simulator, CometD included; default the clock of the machine. */
  readonly clock?: Clock;
  /** Milliseconds until a pending offer is revoked; default 15000; 0 is never. */
  readonly offerTimeout?: number;
  /** Whether every POST needs the CSRF token that a GET returns; default true. */
  readonly csrf?: boolean;
  /** Whether the server knows StartContactCenterSession and EndContactCenterSession; default true. */
  readonly contactCenterSession?: boolean;
  /** The names of custom agent states, each a reason for NotReady; default OutToLunch, Break, Training, Meeting. */
  readonly reasons?: readonly string[];
  /** Decisions that the documents leave open; see {@link Behaviour} for each default. */
  readonly behaviour?: Partial<Behaviour>;
  readonly comet?: CometTimes;
}

const defaultReasons: readonly string[] = ["OutToLunch", "Break", "Training", "Meeting"];

/** A simulated contact centre behind an HTTP server on loopback. */
export interface Simulator {
  /** Starts to listen. Rejects when the port is taken, or when the simulator was stopped before. */
  start(): Promise<void>;
  /** Cuts every connection and clears every timer. */
  stop(): Promise<void>;
  /**
   * Stops listening and starts again on the same port. HTTP sessions, CSRF tokens and CometD sessions are lost. With
   * `forget: "everything"`, the interactions and the readiness of the agents are lost too, and
   * {@link Simulator.startCustomers} ends.
   *
   * @param options `downFor`: milliseconds without a server by the simulator's clock, default 0.
   */
  restart(options?: {
    readonly downFor?: number;
    readonly forget?: "sessions" | "everything";
  }): Promise<void>;
  /** The base URL, such as `http://127.0.0.1:40123/api/v2`. Throws before the start. */
  readonly url: string;
  readonly agents: readonly AgentAccount[];
  readonly customers: Customers;
  /** Creates customers at random until the returned function is called. */
  startCustomers(options?: TrafficOptions): () => void;
  /**
   * Offers an interaction that no agent has, as a supervisor does: to this agent, or to the agent that the router
   * chooses. Throws when the interaction or the agent does not exist, or an agent has the interaction.
   */
  offer(id: string, user?: string): void;
  /**
   * Takes an interaction away from its agents, as a supervisor does. The router leaves it alone until it is offered
   * again. Throws when the interaction does not exist.
   */
  revoke(id: string): void;
  readonly faults: Faults;
  /** Returns the state of an agent at the server. Throws when the agent does not exist. */
  snapshot(user: string): AgentSnapshot;
  /** The last 1000 requests, oldest first. */
  readonly requests: readonly ServedRequest[];
  /** Calls the listener with each logged request; returns a function that unsubscribes. */
  onRequest(listener: (request: ServedRequest) => void): () => void;
  /** Sends any data on a topic to one agent, for messages that a real server never sends. */
  notify(user: string, topic: string, data: unknown): void;
}

/** Creates a simulator that does not listen before {@link Simulator.start}. Throws on invalid options. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { port = 0, seed = 1, clock = systemClock, offerTimeout = 15_000, comet = {} } = options;
  const accounts = agentAccounts(options.agents ?? 1);
  const rules = createFaultRules();
  const log = createRequestLog();
  let listening: number | undefined;
  let isStopped = false;
  let endPause: (() => void) | undefined;
  const outbox = createOutbox((user, topic, data) => {
    if (!rules.drops(user, topic)) cometServer.deliver(user, topic, data);
  });
  const center = createContactCenter({
    accounts,
    reasons: options.reasons ?? defaultReasons,
    seed,
    clock,
    offerTimeout,
    behaviour: { ...defaultBehaviour, ...options.behaviour },
    notify: outbox.post,
  });
  const newToken = center.identifiers.token;
  const sessions = createHttpSessions(center.agents, newToken, 1_000 + 4 * accounts.length);
  const cometServer = createCometServer(clock, comet, newToken);
  const customers = createCustomers(center);
  const server = createHttpServer((request, connection) => serveRequest(context, request, connection));
  const context: ServerContext = {
    center,
    sessions,
    rules,
    outbox,
    log,
    csrf: options.csrf ?? true,
    contactCenterSession: options.contactCenterSession ?? true,
    baseUrl: () => `http://127.0.0.1:${listening ?? port}/api/v2`,
    comet: cometServer,
  };

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      endPause = resolve;
      center.timers.after(ms, resolve);
    });

  return {
    async start() {
      if (isStopped) throw new Error("This simulator was stopped. Create another one.");
      if (listening !== undefined) throw new Error("This simulator is already started.");
      listening = await server.open(port);
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      endPause?.();
      center.timers.clear();
      await server.close();
      cometServer.close();
    },
    async restart({ downFor = 0, forget = "sessions" } = {}) {
      if (listening === undefined || isStopped) throw new Error("Only a running simulator can be restarted.");
      await server.close();
      cometServer.close();
      sessions.clear();
      if (forget === "everything") emptyContactCenter(center);
      if (downFor > 0) await pause(downFor);
      if (isStopped) return;
      listening = await server.open(listening);
    },
    get url() {
      if (listening === undefined) throw new Error("The simulator has no address before start() is done.");
      return context.baseUrl();
    },
    agents: accounts,
    customers,
    startCustomers: (traffic = {}) => startTraffic(center, customers, traffic),
    offer: (id, user) => offerById(center, id, user),
    revoke: (id) => revokeById(center, id),
    faults: {
      ...rules.add,
      dropConnections: server.drop,
      refuseConnections: server.refuseConnections,
      expireSession: sessions.expire,
      expireComet: (user) => cometServer.expire(user),
      changeCsrf: sessions.changeCsrf,
      clear() {
        rules.clear();
        server.refuseConnections(false);
      },
    },
    snapshot: (user) => agentSnapshot(agentNamed(center, user)),
    requests: log.entries,
    onRequest: log.subscribe,
    notify: outbox.post,
  };
}
