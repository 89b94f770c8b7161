/** The requests that a fault applies to. A field that is left out matches every request. */
export interface FaultMatch {
  readonly user?: string;
  /** The operation; for CometD requests one of the Bayeux channels, such as `/meta/subscribe`. */
  readonly operationName?: string;
  /** A substring of the path below the base URL, such as `/me/channels`. */
  readonly path?: string;
  /** The number of requests after which the fault ends; default no limit. */
  readonly times?: number;
}

/** A fault that is active until its `times` are used up or it is cleared. */
export interface Fault {
  /** The number of requests or messages that the fault has affected so far. */
  readonly hits: number;
  clear(): void;
}

/** The response to a refused request. */
export interface RefuseWith {
  /** The HTTP status; default 200. */
  readonly httpStatus?: number;
  /** The `statusCode` of the body; default 4, internal error. */
  readonly statusCode?: number | string;
  readonly statusMessage?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the whole body: a string is sent unchanged, anything else as JSON. */
  readonly body?: unknown;
}

/**
 * Injects faults. A fault that names neither an operation nor a path affects REST requests only. To affect CometD
 * requests, name a Bayeux channel as the operation or `/notifications` as the path.
 */
export interface Faults {
  /** Answers without executing the request. */
  refuse(answer: RefuseWith, match?: FaultMatch): Fault;
  /** Executes the request, and answers `ms` milliseconds later by the simulator's clock. */
  delay(ms: number, match?: FaultMatch): Fault;
  /** Executes the request, then cuts the connection instead of answering. */
  loseAnswer(match?: FaultMatch): Fault;
  /** Cuts the connection without executing the request. */
  loseRequest(match?: FaultMatch): Fault;
  /** Drops the notifications for an agent, on one topic or on all. */
  silence(user: string, match?: { readonly topic?: string; readonly times?: number }): Fault;
  /** Cuts the open connections of one agent or of all, including held connects. */
  dropConnections(user?: string): void;
  /** While on, cuts new connections immediately; open connections continue. */
  refuseConnections(on: boolean): void;
  /** Ends the HTTP sessions of an agent; the CometD sessions remain and can be used after the next login. */
  expireSession(user: string): void;
  /** Ends the CometD sessions of an agent: 402 with the advice to handshake. */
  expireComet(user: string): void;
  /** Changes the CSRF token of an agent's HTTP sessions; the next GET returns the new one. */
  changeCsrf(user: string): void;
  /** Clears every active fault and accepts connections again. */
  clear(): void;
}

/** The fields of a request that faults match. */
export interface FaultTarget {
  readonly user: string | undefined;
  readonly operationNames: readonly string[];
  readonly path: string;
  readonly isComet: boolean;
}

/** The faults that apply to one request. */
export interface InjectedFaults {
  readonly refuse: RefuseWith | undefined;
  readonly delay: number | undefined;
  readonly loseAnswer: boolean;
  readonly loseRequest: boolean;
}

type FaultKind = "refuse" | "delay" | "loseAnswer" | "loseRequest" | "silence";

interface FaultRule extends FaultMatch {
  readonly kind: FaultKind;
  readonly answer?: RefuseWith;
  readonly ms?: number;
  readonly topic?: string | undefined;
  hits: number;
}

export type FaultRules = ReturnType<typeof createFaultRules>;

/** Creates the rules of the active faults; the server asks for the faults of each request. */
export function createFaultRules() {
  const rules = new Set<FaultRule>();
  const add = (fields: Omit<FaultRule, "hits">): Fault => {
    const rule: FaultRule = { ...fields, hits: 0 };
    rules.add(rule);
    return {
      get hits() {
        return rule.hits;
      },
      clear: () => void rules.delete(rule),
    };
  };
  /** Returns the oldest rule of this kind that matches, and counts the hit. */
  const hit = (kind: FaultKind, isMatch: (rule: FaultRule) => boolean): FaultRule | undefined => {
    const rule = [...rules].find((candidate) => candidate.kind === kind && isMatch(candidate));
    if (rule !== undefined && ++rule.hits >= (rule.times ?? Infinity)) rules.delete(rule);
    return rule;
  };
  return {
    add: {
      refuse: (answer, match) => add({ ...match, kind: "refuse", answer }),
      delay: (ms, match) => add({ ...match, kind: "delay", ms }),
      loseAnswer: (match) => add({ ...match, kind: "loseAnswer" }),
      loseRequest: (match) => add({ ...match, kind: "loseRequest" }),
      silence: (user, match) => add({ ...match, kind: "silence", user }),
    } satisfies Partial<Faults>,
    inject(request: FaultTarget): InjectedFaults {
      const isMatch = (rule: FaultRule) => matches(rule, request);
      return {
        loseRequest: hit("loseRequest", isMatch) !== undefined,
        refuse: hit("refuse", isMatch)?.answer,
        delay: hit("delay", isMatch)?.ms,
        loseAnswer: hit("loseAnswer", isMatch) !== undefined,
      };
    },
    drops: (user: string, topic: string) =>
      hit("silence", (rule) => rule.user === user && (rule.topic ?? topic) === topic) !== undefined,
    clear: () => rules.clear(),
  };
}

function matches({ user, operationName, path }: FaultMatch, request: FaultTarget): boolean {
  if (request.isComet && operationName === undefined && path === undefined) return false;
  return (
    (user === undefined || user === request.user) &&
    (operationName === undefined || request.operationNames.includes(operationName)) &&
    (path === undefined || request.path.includes(path))
  );
}
