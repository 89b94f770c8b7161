import type { Clock } from "../domain/clock.ts";
import type { AgentAccount } from "./agent.ts";
import type { CometTimes } from "./comet/comet-session.ts";
import type { Behaviour } from "./behaviour.ts";

/** How a simulator is set up. */
export interface SimulatorOptions {
  /** Port on 127.0.0.1; default 0, any that is free. */
  readonly port?: number;
  /** Accounts, or how many to make: agent1, agent2 … with the password `secret-` + user. Default 1. */
  readonly agents?: number | readonly AgentAccount[];
  /** All ids, names, texts and choices come from it; default 1. CometD client ids are the one exception. */
  readonly seed?: number;
  /** Times offers, pauses, delays and customers; default the clock of the machine. CometD keeps its own time. */
  readonly clock?: Clock;
  /** Milliseconds until an unanswered offer is revoked; default 15000; 0 is never. */
  readonly offerTimeout?: number;
  /** Does every POST need the CSRF token that a GET hands out? Default true. */
  readonly csrf?: boolean;
  /** Does the server know StartContactCenterSession and EndContactCenterSession? Default true. */
  readonly contactCenterSession?: boolean;
  /** Names of custom agent states, each a reason for NotReady; default OutToLunch, Break, Training, Meeting. */
  readonly reasons?: readonly string[];
  /** What the documents leave open; see {@link Behaviour} for each default. */
  readonly behaviour?: Partial<Behaviour>;
  readonly comet?: CometTimes;
}

export const defaultReasons: readonly string[] = ["OutToLunch", "Break", "Training", "Meeting"];
