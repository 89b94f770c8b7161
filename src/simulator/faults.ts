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

interface Rule<Effect> extends FaultMatch {
  readonly effect: Effect;
  hits: number;
}

/** The active faults as rules; the server asks for the faults of each request. */
export interface FaultRules {
  readonly add: Pick<Faults, "refuse" | "delay" | "loseAnswer" | "loseRequest" | "silence">;
  inject(request: FaultTarget): InjectedFaults;
  drops(user: string, topic: string): boolean;
  clear(): void;
}

export function createFaultRules(): FaultRules {
  const refusals = new Set<Rule<RefuseWith>>();
  const delays = new Set<Rule<number>>();
  const lostAnswers = new Set<Rule<true>>();
  const lostRequests = new Set<Rule<true>>();
  const silences = new Set<Rule<string | undefined>>();
  return {
    add: {
      refuse: (answer, match = {}) => addRule(refusals, answer, match),
      delay: (ms, match = {}) => addRule(delays, ms, match),
      loseAnswer: (match = {}) => addRule(lostAnswers, true, match),
      loseRequest: (match = {}) => addRule(lostRequests, true, match),
      silence: (user, { topic, ...match } = {}) => addRule(silences, topic, { user, ...match }),
    },
    inject: (request) => ({
      loseRequest: firstEffect(lostRequests, (rule) => matches(rule, request)) ?? false,
      refuse: firstEffect(refusals, (rule) => matches(rule, request)),
      delay: firstEffect(delays, (rule) => matches(rule, request)),
      loseAnswer: firstEffect(lostAnswers, (rule) => matches(rule, request)) ?? false,
    }),
    drops: (user, topic) => {
      for (const rule of silences) {
        if (rule.user === user && (rule.effect ?? topic) === topic) {
          countHit(silences, rule);
          return true;
        }
      }
      return false;
    },
    clear() {
      for (const rules of [refusals, delays, lostAnswers, lostRequests, silences]) rules.clear();
    },
  };
}

function addRule<Effect>(rules: Set<Rule<Effect>>, effect: Effect, match: FaultMatch): Fault {
  const rule: Rule<Effect> = { ...match, effect, hits: 0 };
  rules.add(rule);
  return {
    get hits() {
      return rule.hits;
    },
    clear: () => void rules.delete(rule),
  };
}

function firstEffect<Effect>(
  rules: Set<Rule<Effect>>,
  isMatch: (rule: Rule<Effect>) => boolean,
): Effect | undefined {
  for (const rule of rules) {
    if (!isMatch(rule)) continue;
    countHit(rules, rule);
    return rule.effect;
  }
  return undefined;
}

function countHit<Effect>(rules: Set<Rule<Effect>>, rule: Rule<Effect>): void {
  rule.hits++;
  if (rule.hits >= (rule.times ?? Infinity)) rules.delete(rule);
}

function matches({ user, operationName, path }: FaultMatch, request: FaultTarget): boolean {
  if (request.isComet && operationName === undefined && path === undefined) return false;
  return (
    (user === undefined || user === request.user) &&
    (operationName === undefined || request.operationNames.includes(operationName)) &&
    (path === undefined || request.path.includes(path))
  );
}
