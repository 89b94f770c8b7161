import type { AnySnapshot, ChannelSnapshot, ConnectionSnapshot } from "../index.ts";

/** What a screen shows, all of it plain data. */
export interface ScreenModel {
  readonly title: string;
  readonly connection: Pick<ConnectionSnapshot, "state" | "lossReason" | "failures" | "stopReason">;
  readonly channels: readonly ChannelSnapshot[];
  /** Offered ones first, then those that are worked on, then those that have ended. */
  readonly interactions: readonly (AnySnapshot & { readonly label: string })[];
  readonly selectedId: string | undefined;
  /** The latest outcomes and remarks, oldest first. */
  readonly news: readonly string[];
  readonly anomalies: number;
  /** A line that is being typed; `undefined` while keys are commands. */
  readonly prompt: { readonly label: string; readonly text: string } | undefined;
}

/** What a key does. */
export type Command =
  | { readonly does: "choose"; readonly by: 1 | -1 }
  | {
      readonly does: "perform";
      readonly operation: "Accept" | "Reject" | "Reply" | "LeaveChat" | "StopProcessing" | "Cancel";
    }
  | { readonly does: "write" }
  | { readonly does: "ready"; readonly channel: string; readonly operation: "Ready" | "NotReady" }
  | { readonly does: "dismiss" }
  | { readonly does: "quit" };

/** A key that works now. */
export interface Binding {
  readonly key: string;
  readonly title: string;
  readonly command: Command;
}

const operations = [
  { key: "a", operation: "Accept" },
  { key: "r", operation: "Reject" },
  { key: "r", operation: "Reply" },
  { key: "l", operation: "LeaveChat" },
  { key: "c", operation: "Cancel" },
  { key: "f", operation: "StopProcessing" },
] as const;

/** The names of the actions that exist now; those that have a key come first. */
export function actionNames(actions: object): string[] {
  const keyed: readonly string[] = [...operations.map(({ operation }) => operation), "Send"];
  const names = Object.keys(actions);
  return [...names.filter((name) => keyed.includes(name)), ...names.filter((name) => !keyed.includes(name))];
}

/** The keys that work now: those whose action exists, and those that need none. */
export function bindings(model: ScreenModel): Binding[] {
  const chosen = chosenOf(model);
  const bound: Binding[] = [];
  if (model.interactions.length > 1) {
    bound.push({ key: "up", title: "and", command: { does: "choose", by: -1 } });
    bound.push({ key: "down", title: "choose", command: { does: "choose", by: 1 } });
  }
  for (const { key, operation } of operations) {
    if (chosen !== undefined && operation in chosen.actions) {
      const title = operation === "StopProcessing" ? "finish" : operation;
      bound.push({ key, title, command: { does: "perform", operation } });
    }
  }
  if (chosen !== undefined && "Send" in chosen.actions) {
    bound.push({ key: "s", title: "Send", command: { does: "write" } });
  }
  if (chosen?.isEnded === true) bound.push({ key: "x", title: "dismiss", command: { does: "dismiss" } });
  for (const [index, { name, state, actions }] of model.channels.entries()) {
    const operation = state === "Ready" ? "NotReady" : "Ready";
    if (index > 8 || !(operation in actions)) continue;
    bound.push({
      key: String(index + 1),
      title: `${name} ${operation}`,
      command: { does: "ready", channel: name, operation },
    });
  }
  return [...bound, { key: "q", title: "quit", command: { does: "quit" } }];
}

/** The interaction that keys are about: the chosen one, or the first when that is gone. */
export function chosenOf({
  interactions,
  selectedId,
}: ScreenModel): ScreenModel["interactions"][number] | undefined {
  return interactions.find(({ id }) => id === selectedId) ?? interactions[0];
}
