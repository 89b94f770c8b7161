import type { Candidate } from "./candidates/candidate.ts";
import type { StandardStream } from "./stream.ts";

/** What a run over a stream took, per message. */
export interface Timing {
  /** Microseconds to parse a message. */
  readonly parse: number;
  /** Applying a message, in the time that parsing it took: the median of the rounds. */
  readonly apply: number;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** Microseconds of processor time that this process has used: a clock that stands still while others have the processor. */
export function now(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * So many are parsed, then applied, in turn: few enough that what was parsed is still in the processor's cache, and that
 * the texts do not fill the memory that is collected meanwhile.
 */
const group = 50;
const groupsInRound = 60;

/**
 * Parses and applies what the stream goes on with, in rounds. The first rounds are for the compiler and are not counted.
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

/** Microseconds to parse and to apply the messages of a round. */
function timeRound(candidate: Candidate, stream: StandardStream): { parse: number; apply: number } {
  let parse = 0;
  let apply = 0;
  for (let count = 0; count < groupsInRound; count++) {
    const texts = stream.take(group);
    const began = now();
    const messages = texts.map(parseText);
    const parsed = now();
    for (const message of messages) candidate.apply(message);
    parse += parsed - began;
    apply += now() - parsed;
  }
  return { parse, apply };
}

function parseText(text: string): unknown {
  return JSON.parse(text);
}
