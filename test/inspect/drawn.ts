import type { StatelyInspectionEvent } from "@statelyai/inspect";
import { createMachine, type AnyStateMachine } from "xstate";

/** One actor as an inspector can draw it. */
export interface Drawn {
  readonly name: string;
  /** Made from the definition that arrived. */
  readonly machine: AnyStateMachine;
  /** The events that it received, in order. */
  readonly received: string[];
  /** The states that it was in, in their order. */
  readonly states: string[];
}

/** Returns the actors of all events that arrived, by name. */
export function drawn(received: readonly StatelyInspectionEvent[]): Record<string, Drawn> {
  const actors = new Map<string, Drawn>();
  for (const event of received) {
    if (event.type === "@xstate.actor") {
      const { name, sessionId, definition = "{}" } = event;
      const machine = createMachine(JSON.parse(definition) as object);
      actors.set(sessionId, { name, machine, received: [], states: [] });
      continue;
    }
    const actor = actors.get(event.sessionId);
    if (actor === undefined) throw new Error("An event is about an actor that was never announced.");
    if (event.type === "@xstate.event") actor.received.push(event.event.type);
    else actor.states.push(stateOf(event.snapshot));
  }
  return Object.fromEntries([...actors.values()].map((actor) => [actor.name, actor]));
}

/** The state of a snapshot, written as `Ended.Revoked`. */
function stateOf(snapshot: object): string {
  const { value } = snapshot as { value: string | Record<string, string> };
  return typeof value === "string" ? value : Object.entries(value)[0]!.join(".");
}

/** Every state that a chart can be in, written in the same way, in the order of the alphabet. */
export function statesOf({ root }: AnyStateMachine): string[] {
  const all = Object.values(root.states).flatMap(({ key, states }) => {
    const inner = Object.keys(states);
    return inner.length === 0 ? [key] : inner.map((name) => `${key}.${name}`);
  });
  return all.toSorted();
}
