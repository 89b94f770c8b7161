import { systemClock } from "../domain/clock.ts";
import type { AgentAccount } from "./agent.ts";
import { agentAccounts } from "./agent.ts";
import { createCometServer } from "./comet/comet-server.ts";
import { defaultBehaviour } from "./behaviour.ts";
import type { ContactCenter } from "./contact-center.ts";
import { createContactCenter, emptyContactCenter } from "./contact-center.ts";
import type { TrafficOptions } from "./customer-traffic.ts";
import { startTraffic } from "./customer-traffic.ts";
import type { Customers } from "./customers.ts";
import { createCustomers } from "./customers.ts";
import type { Faults } from "./faults.ts";
import { createFaultRules } from "./faults.ts";
import { createHttpServer } from "./http-server.ts";
import { createHttpSessions } from "./http-sessions.ts";
import type { SimulatorOptions } from "./options.ts";
import { defaultReasons } from "./options.ts";
import { createOutbox } from "./outbox.ts";
import type { ServedRequest } from "./request-log.ts";
import { createRequestLog } from "./request-log.ts";
import { serveRequest } from "./serve.ts";
import { offerById, revokeById } from "./supervisor.ts";
import type { AgentSnapshot } from "./snapshot.ts";
import { agentSnapshot } from "./snapshot.ts";
import type { ServerContext } from "./request-context.ts";

/** A simulated contact centre behind a real server on loopback. */
export interface Simulator {
  /** Starts to listen. Rejects when the port is taken; a simulator that was stopped cannot be started again. */
  start(): Promise<void>;
  /** Cuts every connection and forgets every timer. */
  stop(): Promise<void>;
  /**
   * Goes down and comes back on the same port. HTTP sessions, CSRF tokens and CometD sessions are gone; with
   * `forget: "everything"` the interactions and the readiness of the agents too, and customers no longer come by
   * themselves.
   *
   * @param options `downFor`: milliseconds of silence by the simulator's clock, default 0.
   */
  restart(options?: {
    readonly downFor?: number;
    readonly forget?: "sessions" | "everything";
  }): Promise<void>;
  /** The base URL, such as `http://127.0.0.1:40123/api/v2`. Throws before the start. */
  readonly url: string;
  readonly agents: readonly AgentAccount[];
  readonly customers: Customers;
  /** Lets customers come by themselves until the answer is called. */
  startCustomers(options?: TrafficOptions): () => void;
  /**
   * A supervisor offers an interaction that no agent has: to this agent, or to whom the router chooses. Throws
   * when there is no such interaction or agent, or somebody has it.
   */
  offer(id: string, user?: string): void;
  /**
   * A supervisor takes an interaction away from whoever has it, and keeps it from the router until it is offered
   * again. Throws when there is no such interaction.
   */
  revoke(id: string): void;
  readonly faults: Faults;
  /** What the server knows of an agent now. Throws for a user who is none. */
  truth(user: string): AgentSnapshot;
  /** The last 1000 requests, oldest first. */
  readonly requests: readonly ServedRequest[];
  /** Calls the listener with each request that is dealt with; the answer takes it back. */
  onRequest(listener: (request: ServedRequest) => void): () => void;
  /** Sends any data on a topic to one agent, for messages that no honest server sends. */
  notify(user: string, topic: string, data: unknown): void;
}

/** Makes a simulator; nothing listens before {@link Simulator.start}. Throws on options that make no sense. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { port = 0, seed = 1, clock = systemClock, offerTimeout = 15_000, comet = {} } = options;
  const accounts = agentAccounts(options.agents ?? 1);
  const rules = createFaultRules();
  const log = createRequestLog();
  let listening: number | undefined;
  let isStopped = false;
  let endPause: (() => void) | undefined;
  const outbox = createOutbox((user, topic, data) => {
    if (!rules.swallows(user, topic)) cometServer.deliver(user, topic, data);
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
  const sessions = createHttpSessions(center.identifiers.token, 1_000 + 4 * accounts.length);
  const cometServer = createCometServer({ clock, times: comet, newToken: center.identifiers.token });
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
    truth: (user) => agentSnapshot(agentNamed(center, user)),
    requests: log.entries,
    onRequest: log.subscribe,
    notify: outbox.post,
  };
}

function agentNamed(center: ContactCenter, user: string): Parameters<typeof agentSnapshot>[0] {
  const agent = center.agents.get(user);
  if (agent === undefined) throw new Error(`The simulator has no agent ${user}.`);
  return agent;
}
