import type { ParameterKind } from "../domain/parameters.ts";
import type { Fact, InteractionFact, OperationRule } from "../index.ts";
import type { Checkpoint, PendingEntry } from "./format.ts";
import type { ReplayDesk } from "./replay-desk.ts";
import type { RecordedOperation } from "./replayed-operations.ts";

/**
 * Brings a desk that was never started to the state of a checkpoint, only by what a link and an agent can do. The desk
 * receives more on that way than the recorded one did, so the anomalies of it do not count.
 */
export async function restore(checkpoint: Checkpoint, target: ReplayDesk): Promise<void> {
  const { connection, pending, started } = checkpoint;
  const { desk, link, startedAt } = target;
  const receive = (fact: InteractionFact) => link.deliver({ facts: [fact] });
  target.isRestored = true;
  target.started = started;
  // Lists are not read more often than they may be.
  link.now = startedAt + checkpoint.lastRead;
  if (connection.state === "Offline") return;
  target.start(started);
  await connect(allOf(checkpoint, target), idsOf(checkpoint), connection.isAcknowledging, target);
  for (const id of checkpoint.dismissed) {
    receive(factFor(id, { change: "Revoked", capabilities: [] }));
    desk.interaction(id)?.dismiss();
  }
  for (const id of checkpoint.invited) receive(factFor(id, { change: "Invited" }));
  const overdue: RecordedOperation[] = [];
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
  await reach(checkpoint, target);
  for (const operation of overdue) target.timer("timeout", operation);
}

/** From Live to what the connection was. */
async function reach({ connection, started }: Checkpoint, target: ReplayDesk): Promise<void> {
  const { state, lossReason, failures, isAcknowledging, stopReason } = connection;
  const { desk, link } = target;
  if (isAcknowledging === null) {
    await desk.stop();
    target.start(started);
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
  target: ReplayDesk,
): Promise<void> {
  target.link.listener?.onConnected({ isAcknowledging: isAcknowledging ?? false });
  await target.read({ kind: "read", facts, anomalies: [], ids });
}

const maxFailures = 1000;
const maxSends = 10;

/** Everything that is known, as a list of interactions that all live yet and may do what they will be asked to. */
function allOf(checkpoint: Checkpoint, { dialect }: ReplayDesk): Fact[] {
  const { facts, endings, dismissed, invited, pending } = checkpoint;
  const ended = new Set(endings.map(({ id }) => id));
  const isLater = new Set([...ended, ...invited]);
  return [
    ...dismissed.map((id) => factFor(id, { change: "StateUnknown" })),
    ...facts.map((fact): Fact => {
      if (fact.about === "channel") return fact;
      const { id, channel = "", capabilities = [] } = fact;
      const needed = [...(dialect.rules.interaction.get(channel)?.values() ?? [])].filter(
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

async function resume(pending: PendingEntry, target: ReplayDesk): Promise<RecordedOperation | undefined> {
  const { of, on, operation, parameters, phase, sends, isToRepeat } = pending;
  let resumed = target.perform(on, operation, parameters, of);
  if (resumed === undefined && "channel" in on) {
    // A readiness that is there already can only be asked for in place of another one.
    const rule = target.dialect.rules.channel.get(operation);
    for (const other of rule?.supersedes ?? []) target.perform(on, other, {});
    resumed = target.perform(on, operation, parameters, of);
  }
  if (resumed === undefined) return undefined;
  for (let sent = 1; sent < Math.min(sends, maxSends); sent++) {
    await target.answer(resumed, { kind: "unanswered" });
    target.timer("repeat", resumed);
  }
  // An operation that was sent again is pending, although its last answer was none.
  const isAnswered = phase === "acknowledged" || (phase === "unanswered" && (isToRepeat || sends === 1));
  if (isAnswered) await target.answer(resumed, { kind: phase });
  return resumed;
}

/** Ends what had ended, in the order and in the way in which it had. */
async function end(checkpoint: Checkpoint, target: ReplayDesk): Promise<void> {
  const { link, dialect } = target;
  const outcomes = new Map(checkpoint.endings.map(({ id, outcome }) => [id, outcome]));
  const left = idsOf(checkpoint);
  for (const id of checkpoint.dismissed) left.delete(id);
  for (const { id, channel, change, state } of interactionsOf(checkpoint)) {
    const outcome = outcomes.get(id);
    if (outcome === undefined) continue;
    left.delete(id);
    if (outcome !== null && outcome !== (change === "Missing" ? "Gone" : change)) {
      const table = dialect.rules.interaction.get(channel ?? "") ?? new Map<string, never>();
      const cause = [...table.values()].find(({ endsAs }) => endsAs === outcome);
      const ending = cause && target.perform({ id }, cause.operation, argumentsFor(cause.parameters));
      if (ending !== undefined) await target.answer(ending, { kind: "acknowledged" });
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
