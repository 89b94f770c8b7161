import { InteractionEntity } from "../entities/interaction-entity.ts";
import type { Operation } from "./operations.ts";

/** Returns the pending operation that created this interaction; `undefined` when none did. */
export function createdBy(created: InteractionEntity, pending: readonly Operation[]): Operation | undefined {
  const waiting = pending.filter(({ rule }) => rule.confirmedBy.by === "creation");
  const { parentId, threadId } = created.record;
  return waiting.find(({ target: asked }) => {
    if (!(asked instanceof InteractionEntity) || asked === created) return false;
    if (parentId !== undefined) return parentId === asked.id;
    if (threadId !== undefined) return threadId === asked.record.threadId;
    return waiting.length === 1;
  });
}
