import type { ConnectionSnapshot, Desk, InteractionSnapshot } from "../index.ts";

/*
 * The present state in the words of an error: states and names only.
 */

export function describeConnection({ state, lossReason }: ConnectionSnapshot): string {
  return `connection ${state}${lossReason === null ? "" : ` (${lossReason})`}`;
}

export function describeInteraction(desk: Desk, { state, capabilities }: InteractionSnapshot): string {
  const granted = capabilities.length === 0 ? "nothing" : capabilities.join(", ");
  return `${state}, grants ${granted}, ${describeConnection(desk.connection.getSnapshot())}`;
}

export function describeAgent(desk: Desk, channels: readonly string[]): string {
  const readiness = channels.map((name) => {
    const { state, reason } = desk.channel(name);
    return `${name} ${state}${reason === null ? "" : ` (${reason})`}`;
  });
  return [...readiness, describeConnection(desk.connection.getSnapshot())].join(", ");
}
