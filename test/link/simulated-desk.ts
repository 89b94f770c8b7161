import type { Clock } from "../../src/domain/clock.ts";
import { seededRandom } from "../../src/domain/random.ts";
import { createDesk, type Desk } from "../../src/index.ts";
import { gws, type GwsOptions } from "../../src/links/gws/index.ts";
import { ScriptedServer } from "./scripted-server.ts";
import { fetchFrom, simulatedTime, type SimulatedTime } from "./simulated-time.ts";

/** A desk and a server in simulated time, with the times of the recorded servers. */
export interface SimulatedDesk {
  readonly desk: Desk;
  readonly server: ScriptedServer;
  readonly time: SimulatedTime;
  /** The states of the connection in their order, with the reason of each loss. */
  readonly states: readonly string[];
  readonly anomalyCodes: () => string[];
}

/** The differences of the world around a simulated desk from the ordinary one. */
export interface SimulatedWorld {
  /** Puts something between the desk and its time. */
  readonly clockOf?: (time: SimulatedTime) => Clock;
  /** Called before the desk is started. */
  readonly prepare?: (server: ScriptedServer) => void;
}

/** Starts a desk. It is Live on return, unless the server prevents it. */
export async function simulatedDesk(
  seed = 1,
  options: Partial<GwsOptions> = {},
  { clockOf = (time) => time, prepare }: SimulatedWorld = {},
): Promise<SimulatedDesk> {
  const time = simulatedTime();
  const clock = clockOf(time);
  const random = seededRandom(seed);
  const server = new ScriptedServer(time);
  server.timeout = 30_000;
  server.advice = { reconnect: "retry", interval: 0, timeout: 30_000 };
  prepare?.(server);
  const link = gws({
    url: "https://gws.example/api/v2",
    credentials: { user: "agent1", password: "secret" },
    fetch: fetchFrom(server),
    clock,
    random,
    ...options,
  });
  const desk = createDesk({ link, clock, random });
  const states: string[] = [];
  desk.connection.subscribe(({ state, lossReason }) => {
    const current = state === "Recovering" ? `${state}: ${lossReason}` : state;
    if (states.at(-1) !== current) states.push(current);
  });
  void desk.start().catch(() => {});
  await time.advance(10);
  const anomalyCodes = () => desk.anomalies.getSnapshot().map(({ code }) => code);
  return { desk, server, time, states, anomalyCodes };
}

/** Stops the desk; its way out may take time. */
export async function stopIn({ desk, time }: SimulatedDesk): Promise<void> {
  const stopping = desk.stop();
  await time.advance(60_000);
  await stopping;
}
