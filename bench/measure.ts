import type { Candidate } from "./candidates/candidate.ts";
import type { StandardStream } from "./stream.ts";

/** The time of a run over a stream, per message. */
export interface Timing {
  /** Microseconds to parse a message. */
  readonly parse: number;
  /** The time to apply a message divided by the time to parse it: the median of the rounds. */
  readonly apply: number;
}

/** Returns the median. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** Returns the processor time of this process in microseconds: a clock that stops while other processes run. */
export function now(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * Messages that are parsed before they are applied. The number is small, so that they are still in the processor's cache,
 * and so that the garbage collector does not collect their texts meanwhile.
 */
const group = 50;
const groupsInRound = 60;

/**
 * Parses and applies the next messages of the stream, in rounds. The first rounds warm up the compiler and do not count.
 */
export function timeRounds(candidate: Candidate, stream: StandardStream, rounds: number): Timing {
  const warmUp = 5;
  const parse: number[] = [];
  const apply: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const timing = timeRound(candidate, stream);
    if (round < 0) continue;
    parse.push(timing.parse);
    apply.push(timing.apply);
  }
  return {
    parse: median(parse) / (group * groupsInRound),
    apply: median(apply.map((time, round) => time / parse[round]!)),
  };
}

/** Returns the microseconds that parsing and applying the messages of a round took. */
function timeRound(candidate: Candidate, stream: StandardStream): { parse: number; apply: number } {
  let parse = 0;
  let apply = 0;
  for (let count = 0; count < groupsInRound; count++) {
    const texts = stream.next(group);
    const startedAt = now();
    const messages = texts.map(parseText);
    const parsed = now();
    for (const message of messages) candidate.apply(message);
    parse += parsed - startedAt;
    apply += now() - parsed;
  }
  return { parse, apply };
}

function parseText(text: string): unknown {
  return JSON.parse(text);
}
