/** Which requests a fault is for. What is left out does not matter. */
export interface FaultMatch {
  readonly user?: string;
  /** The operation; for CometD requests one of the Bayeux channels, such as `/meta/subscribe`. */
  readonly operationName?: string;
  /** A part of the path below the base URL, such as `/me/channels`. */
  readonly path?: string;
  /** After how many requests the fault is over; default never. */
  readonly times?: number;
}

/** A fault that is in force until it has used up its times or is cleared. */
export interface Fault {
  /** How many requests or messages it has met so far. */
  readonly hits: number;
  clear(): void;
}

/** What a refused request is answered with. */
export interface RefuseWith {
  /** Default 200. */
  readonly httpStatus?: number;
  /** `statusCode` of the body; default 4, internal error. */
  readonly statusCode?: number | string;
  readonly statusMessage?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole body instead: a text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/**
 * Faults on demand. A fault that names neither an operation nor a path meets REST requests only; to meet CometD
 * requests, name a Bayeux channel as the operation or `/notifications` as the path.
 */
export interface Faults {
  /** Answers without doing anything. */
  refuse(answer: RefuseWith, match?: FaultMatch): Fault;
  /** Does it, but answers `ms` milliseconds later by the simulator's clock. */
  delay(ms: number, match?: FaultMatch): Fault;
  /** Does it, then cuts the connection instead of answering. */
  loseAnswer(match?: FaultMatch): Fault;
  /** Cuts the connection before doing anything. */
  loseRequest(match?: FaultMatch): Fault;
  /** Swallows the notifications for an agent, on one topic or on all. */
  silence(user: string, match?: { readonly topic?: string; readonly times?: number }): Fault;
  /** Cuts the connections now open, held polls included; of one agent or of all. */
  dropConnections(user?: string): void;
  /** While on, new connections are cut as soon as they are made; those that are open go on. */
  refuseConnections(on: boolean): void;
  /** Ends the HTTP sessions of an agent; the CometD session lives on for whoever logs in again. */
  expireSession(user: string): void;
  /** Ends the CometD sessions of an agent: 402 with the advice to handshake. */
  expireComet(user: string): void;
  /** Gives the HTTP sessions of an agent a new CSRF token; the next GET tells it. */
  changeCsrf(user: string): void;
  /** Clears every fault that is in force and accepts connections again. */
  clear(): void;
}

/** A request as faults look at it. */
export interface FaultTarget {
  readonly user: string | undefined;
  readonly operationNames: readonly string[];
  readonly path: string;
  readonly isComet: boolean;
}

/** What one request has to suffer. */
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

/** The faults in force, kept as rules; the server asks for each request what it has to suffer. */
export interface FaultRules {
  readonly add: Pick<Faults, "refuse" | "delay" | "loseAnswer" | "loseRequest" | "silence">;
  inject(request: FaultTarget): InjectedFaults;
  swallows(user: string, topic: string): boolean;
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
      loseRequest: meet(lostRequests, (rule) => concerns(rule, request)) ?? false,
      refuse: meet(refusals, (rule) => concerns(rule, request)),
      delay: meet(delays, (rule) => concerns(rule, request)),
      loseAnswer: meet(lostAnswers, (rule) => concerns(rule, request)) ?? false,
    }),
    swallows: (user, topic) => {
      for (const rule of silences) {
        if (rule.user === user && (rule.effect ?? topic) === topic) {
          hit(silences, rule);
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

function meet<Effect>(rules: Set<Rule<Effect>>, isMet: (rule: Rule<Effect>) => boolean): Effect | undefined {
  for (const rule of rules) {
    if (!isMet(rule)) continue;
    hit(rules, rule);
    return rule.effect;
  }
  return undefined;
}

function hit<Effect>(rules: Set<Rule<Effect>>, rule: Rule<Effect>): void {
  rule.hits++;
  if (rule.hits >= (rule.times ?? Infinity)) rules.delete(rule);
}

function concerns({ user, operationName, path }: FaultMatch, request: FaultTarget): boolean {
  if (request.isComet && operationName === undefined && path === undefined) return false;
  return (
    (user === undefined || user === request.user) &&
    (operationName === undefined || request.operationNames.includes(operationName)) &&
    (path === undefined || request.path.includes(path))
  );
}
