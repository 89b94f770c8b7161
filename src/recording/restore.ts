import type { ParameterKind } from "../domain/parameters.ts";
import type { Desk, Fact, InteractionFact, OperationRule, Reading } from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";
import type { ReplayLink } from "../links/recorded/replay-link.ts";
import type { Checkpoint, PendingEntry, Subject } from "./format.ts";

/** A desk that is to be restored, and the means for it. */
export interface RestoreTarget {
  readonly desk: Desk;
  readonly link: ReplayLink;
  readonly rules: Dialect["rules"];
  /** Passes the list that the desk waits for. */
  readonly read: (reading: Reading) => Promise<void>;
  /** Performs an operation. Returns `undefined` when it is not allowed. */
  readonly perform: (on: Subject, operation: string, parameters: object, of?: number) => Resumed | undefined;
}

/** An operation that is pending again. */
interface Resumed {
  readonly answer: (kind: "acknowledged" | "unanswered") => Promise<unknown>;
  /** Lets one of its timers run. */
  readonly timer: (name: string) => unknown;
}

/**
 * Brings a desk that was never started to the state of a checkpoint, only by what a link and an agent can do. The desk
 * receives more on that way than the recorded one did, so the anomalies of it do not count.
 */
export async function restore(checkpoint: Checkpoint, target: RestoreTarget): Promise<void> {
  const { connection, pending } = checkpoint;
  const { desk, link } = target;
  const receive = (fact: InteractionFact) => link.deliver({ facts: [fact] });
  if (connection.state === "Offline") return;
  const start = () => void desk.start({ channels: checkpoint.started }).catch(() => {});
  start();
  await connect(allOf(checkpoint, target), idsOf(checkpoint), connection.isAcknowledging, target);
  for (const id of checkpoint.dismissed) {
    receive(factFor(id, { change: "Revoked", capabilities: [] }));
    desk.interaction(id)?.dismiss();
  }
  for (const id of checkpoint.invited) receive(factFor(id, { change: "Invited" }));
  const overdue: Resumed[] = [];
  const resumeAll = async (operations: readonly PendingEntry[]): Promise<void> => {
    for (const operation of operations) {
      const resumed = await resume(operation, target);
      if (resumed !== undefined && operation.isOverdue) overdue.push(resumed);
    }
  };
  const isOfEnded = (operation: PendingEntry) => checkpoint.endings.some(({ id }) => isOn(operation, id));
  await resumeAll(pending.filter(isOfEnded));
  await end(checkpoint, target);
  // What is pending must not meet the connections that it takes to end the others.
  await resumeAll(pending.filter((operation) => !isOfEnded(operation)));
  for (const { id, capabilities = [] } of interactionsOf(checkpoint)) {
    const now = desk.interaction(id);
    if (now?.isEnded === false && now.capabilities.join() !== capabilities.join())
      receive(factFor(id, { capabilities }));
  }
  // What is restored may lack something, as it did; the recorded desk had looked it up.
  while (link.timer("pause") || link.isReading) {
    const ids = new Set(desk.interactions.getSnapshot().map(({ id }) => id));
    await target.read({ kind: "read", facts: [], anomalies: [], ids });
  }
  await reach(connection, start, target);
  for (const { timer } of overdue) timer("timeout");
}

/** From Live to what the connection was. */
async function reach(
  { state, lossReason, failures, isAcknowledging, stopReason }: Checkpoint["connection"],
  start: () => void,
  { desk, link }: RestoreTarget,
): Promise<void> {
  if (isAcknowledging === null) {
    await desk.stop();
    start();
  }
  for (let count = 0; lossReason !== null && count < Math.min(failures, maxFailures); count++)
    link.listener?.onDisconnected(lossReason);
  if (state === "CatchingUp") link.listener?.onConnected({ isAcknowledging: isAcknowledging ?? false });
  if (state !== "Stopped") return;
  if (stopReason === "stop" || stopReason === null) await desk.stop();
  else link.listener?.onStopped(stopReason);
}

/** Makes the desk Live with this list. */
async function connect(
  facts: readonly Fact[],
  ids: ReadonlySet<string>,
  isAcknowledging: boolean | null,
  { link, read }: RestoreTarget,
): Promise<void> {
  link.listener?.onConnected({ isAcknowledging: isAcknowledging ?? false });
  await read({ kind: "read", facts, anomalies: [], ids });
}

const maxFailures = 1000;
const maxSends = 10;

/** Everything that is known, as a list of interactions that all live yet and may do what they will be asked to. */
function allOf(checkpoint: Checkpoint, { rules }: RestoreTarget): Fact[] {
  const { facts, endings, dismissed, invited, pending } = checkpoint;
  const ended = new Set(endings.map(({ id }) => id));
  const isLater = new Set([...ended, ...invited]);
  return [
    ...dismissed.map((id) => factFor(id, { change: "StateUnknown" })),
    ...facts.map((fact): Fact => {
      if (fact.about === "channel") return fact;
      const { id, channel = "", capabilities = [] } = fact;
      const needed = [...(rules.interaction.get(channel)?.values() ?? [])].filter(
        ({ operation }) =>
          ended.has(id) || pending.some((one) => isOn(one, id) && one.operation === operation),
      );
      const granted = new Set([...capabilities, ...needed.flatMap(({ capability }) => capability ?? [])]);
      return { ...fact, change: isLater.has(id) ? "StateUnknown" : fact.change, capabilities: [...granted] };
    }),
  ];
}

function idsOf({ facts, dismissed }: Checkpoint): Set<string> {
  return new Set([...dismissed, ...facts.flatMap((fact) => (fact.about === "interaction" ? [fact.id] : []))]);
}

function interactionsOf({ facts }: Checkpoint): InteractionFact[] {
  return facts.filter((fact) => fact.about === "interaction");
}

function isOn({ on }: PendingEntry, id: string): boolean {
  return "id" in on && on.id === id;
}

async function resume(
  pending: PendingEntry,
  { rules, perform }: RestoreTarget,
): Promise<Resumed | undefined> {
  const { of, on, operation, parameters, phase, sends, isToRepeat } = pending;
  let resumed = perform(on, operation, parameters, of);
  if (resumed === undefined && "channel" in on) {
    // A readiness that is there already can only be asked for in place of another one.
    for (const other of rules.channel.get(operation)?.supersedes ?? []) perform(on, other, {});
    resumed = perform(on, operation, parameters, of);
  }
  if (resumed === undefined) return undefined;
  for (let sent = 1; sent < Math.min(sends, maxSends); sent++) {
    await resumed.answer("unanswered");
    resumed.timer("repeat");
  }
  if (phase === "acknowledged") await resumed.answer(phase);
  // An operation that was sent again is pending, although its last answer was none.
  else if (phase === "unanswered" && (isToRepeat || sends === 1)) await resumed.answer(phase);
  return resumed;
}

/** Ends what had ended, in the order and in the way in which it had. */
async function end(checkpoint: Checkpoint, target: RestoreTarget): Promise<void> {
  const { link, rules, perform } = target;
  const outcomes = new Map(checkpoint.endings.map(({ id, outcome }) => [id, outcome]));
  const left = idsOf(checkpoint);
  for (const id of checkpoint.dismissed) left.delete(id);
  for (const { id, channel, change, state } of interactionsOf(checkpoint)) {
    const outcome = outcomes.get(id);
    if (outcome === undefined) continue;
    left.delete(id);
    if (outcome !== null && outcome !== (change === "Missing" ? "Gone" : change)) {
      const table = rules.interaction.get(channel ?? "") ?? new Map<string, never>();
      const cause = [...table.values()].find(({ endsAs }) => endsAs === outcome);
      const resumed = cause && perform({ id }, cause.operation, argumentsFor(cause.parameters));
      await resumed?.answer("acknowledged");
    }
    const facts = [factFor(id, { channel, change, state, capabilities: [] })];
    if (change !== "Missing") link.deliver({ facts });
    else {
      // Only the server's own list can show that one is gone.
      link.listener?.onDisconnected("network");
      await connect([], left, checkpoint.connection.isAcknowledging, target);
    }
  }
}

const samples: Readonly<Record<Extract<ParameterKind, string>, unknown>> = {
  text: "-",
  name: "-",
  count: 0,
  names: ["-"],
  entries: { "-": "" },
};

/** Returns arguments that an operation accepts. The real ones are not in a checkpoint, and only the ending matters. */
function argumentsFor(parameters: OperationRule["parameters"]): object {
  const needed = Object.entries(parameters);
  const one = needed.find(([, { presence }]) => presence === "one");
  return Object.fromEntries(
    needed
      .filter((parameter) => parameter[1].presence === "required" || parameter === one)
      .map(([name, { kind }]) => [name, typeof kind === "string" ? samples[kind] : kind[0]]),
  );
}

export function factFor(id: string, fields: Partial<InteractionFact>): InteractionFact {
  return {
    about: "interaction",
    id,
    channel: undefined,
    change: "PropertiesChanged",
    state: undefined,
    capabilities: undefined,
    known: {},
    ...fields,
  };
}
