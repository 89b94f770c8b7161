// A desk at the contact centre in simulated time; after public bug reports, see the issue about outcomes.
import { onTestFinished } from "vitest";
import { createDesk, type Clock, type Desk, type DeskOptions, type InteractionOf } from "../../src/index.ts";
import { gws, type GwsOptions } from "../../src/links/gws/index.ts";
import { seededRandom } from "../../src/domain/random.ts";
import { simulatedTime, type SimulatedTime } from "../link/simulated-time.ts";
import { World, type WorldInteraction } from "./world.ts";
import { WorldServer, type WorldRequest } from "./world-server.ts";

/** Stands between the desk and the server. `forward` lets the server answer. */
export type Through = (
  request: WorldRequest,
  forward: (request?: WorldRequest) => Promise<Response>,
) => Promise<Response>;

type Offering = <Kind extends "email" | "chat">(kind: Kind) => Promise<InteractionOf<Kind>>;

export interface WorldDesk {
  readonly desk: Desk;
  readonly world: World;
  readonly server: WorldServer;
  readonly time: SimulatedTime;
  /** Advances the time until the promise settles. */
  readonly settled: <Value>(promise: Promise<Value>) => Promise<Value>;
  /** Invites the agent, and returns the interaction once the desk has it. */
  readonly invited: Offering;
  /** The same, and accepts it. */
  readonly accepted: Offering;
  /** Returns the truth about an interaction of the desk. */
  readonly truthOf: (interaction: { readonly id: string }) => WorldInteraction;
  /** Returns the texts that are in a chat. */
  readonly textsIn: (interaction: { readonly id: string }) => readonly string[];
}

export interface WorldDeskOptions {
  readonly through?: Through;
  readonly seed?: number;
  readonly desk?: Partial<DeskOptions>;
  readonly gws?: Partial<GwsOptions>;
  readonly beforeStart?: (server: WorldServer) => void;
  /** Puts something between the desk and the time. */
  readonly clockOf?: (time: SimulatedTime) => Clock;
}

export const user = "ana";
const url = "https://gws.example.com/api/v2";

/** Never settles before the request is aborted. */
export function noAnswer({ signal }: Pick<WorldRequest, "signal">): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new DOMException("The request was aborted.", "AbortError"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** Returns a `fetch` that calls `serve`. */
export function fetchFrom(serve: (request: WorldRequest) => Promise<Response>): typeof fetch {
  return (input, init = {}) => {
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const { operationName: operation = "" } = (body ?? {}) as { readonly operationName?: string };
    const request: WorldRequest = {
      method: init.method ?? "GET",
      path: (input as string).slice(url.length).split("?")[0]!,
      headers: new Headers(init.headers),
      body,
      operation,
      signal: init.signal ?? new AbortController().signal,
    };
    return Promise.race([serve(request), noAnswer(request)]);
  };
}

/** Advances the time until the promise settles. */
export async function settledIn<Value>(time: SimulatedTime, promise: Promise<Value>): Promise<Value> {
  let isSettled = false;
  const settle = () => void (isSettled = true);
  promise.then(settle, settle);
  await time.until("the promise settles", () => isSettled);
  return promise;
}

/** Starts a desk at a world, and makes it Live. */
export async function worldDesk(options: WorldDeskOptions = {}): Promise<WorldDesk> {
  const { through = (_, forward) => forward(), seed = 7, clockOf = (own) => own } = options;
  const time = simulatedTime();
  const clock = clockOf(time);
  const random = seededRandom(seed);
  const server = new WorldServer(new World(seededRandom(seed)), time);
  const { world } = server;
  const link = gws({
    url,
    credentials: { user, password: "secret" },
    handshakeSpread: 0,
    fetch: fetchFrom((request) => through(request, (changed = request) => server.serve(changed))),
    clock,
    random,
    ...options.gws,
  });
  const desk = createDesk({ link, clock, random, ...options.desk });
  const settled = <Value>(promise: Promise<Value>) => settledIn(time, promise);
  onTestFinished(() => settled(desk.stop()));
  options.beforeStart?.(server);
  await settled(desk.start());

  const invited: Offering = async (kind) => {
    const { id } = world.invite(user, kind);
    await time.until("the desk has the offer", () => desk.interaction(id) !== undefined);
    return desk.interaction(id) as InteractionOf<typeof kind>;
  };
  const truthOf = ({ id }: { readonly id: string }) => world.interaction(id);
  return {
    desk,
    world,
    server,
    time,
    settled,
    invited,
    accepted: async (kind) => {
      const interaction = await invited(kind);
      await settled(interaction.actions.Accept!({ nickname: "Ana" }));
      return interaction;
    },
    truthOf,
    textsIn: (interaction) => truthOf(interaction).events.flatMap(({ text }) => text ?? []),
  };
}
