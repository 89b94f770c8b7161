import type { Report } from "../../domain/anomaly.ts";
import { MaintainedList } from "../lists.ts";
import { ListenerSet, subscription, type ReadableStore } from "../readable-store.ts";
import type { DeskModel } from "./desk-model.ts";
import { InteractionEntity } from "./interaction-entity.ts";
import type { AnySnapshot, Interaction } from "./interaction.ts";

/** Ids of dismissed interactions that are kept, so that a late message does not bring them back. */
const maxDismissedIds = 256;

type List = MaintainedList<InteractionEntity, Interaction>;

/** The interactions of a desk, and their lists. What one message costs does not depend on how many there are. */
export class Interactions {
  readonly entities = new Map<string, InteractionEntity>();
  readonly dismissedIds = new Set<string>();
  readonly live: List;
  readonly invitations: List;
  readonly ended: List;
  readonly #report: Report;
  readonly #keepEnded: number;
  /** The listeners to ids, notified also when an interaction with the id appears or is dismissed. */
  readonly #idListeners = new Map<string, ListenerSet<AnySnapshot | undefined>>();

  constructor(report: Report, keepEnded: number) {
    this.#report = report;
    this.#keepEnded = keepEnded;
    const list = (): List => new MaintainedList(({ view }) => view.handle, report);
    this.live = list();
    this.invitations = list();
    this.ended = list();
  }

  create(id: string, channel: string, model: DeskModel): InteractionEntity {
    const entity = new InteractionEntity(id, channel, model);
    this.entities.set(id, entity);
    return entity;
  }

  /** Puts an interaction on the lists of its state and takes it off the others. Returns the lists that changed. */
  updateLists(entity: InteractionEntity): readonly List[] {
    const { state, isEnded, listedState } = entity;
    if (state === listedState) return none;
    entity.listedState = state;
    const changed: List[] = [];
    if (this.live.set(entity, !isEnded)) changed.push(this.live);
    if (this.invitations.set(entity, state === "Invited")) changed.push(this.invitations);
    if (this.ended.set(entity, isEnded)) changed.push(this.ended);
    return changed;
  }

  /** Returns the ended interactions beyond the number that is kept, oldest first. */
  surplus(): readonly InteractionEntity[] {
    const count = this.ended.size - this.#keepEnded;
    if (count <= 0) return none;
    const surplus: InteractionEntity[] = [];
    for (const entity of this.ended.members()) if (surplus.push(entity) === count) break;
    return surplus;
  }

  /** Forgets an interaction that has ended. Returns whether it had. */
  remove(entity: InteractionEntity): boolean {
    const { id } = entity;
    if (!entity.isEnded || this.entities.get(id) !== entity) return false;
    this.entities.delete(id);
    this.dismissedIds.add(id);
    if (this.dismissedIds.size > maxDismissedIds) {
      this.dismissedIds.delete(this.dismissedIds.values().next().value!);
    }
    this.ended.set(entity, false);
    return true;
  }

  /** Whether an interaction, or its id, has listeners. */
  isWatched(entity: InteractionEntity): boolean {
    return entity.isWatched || (this.#idListeners.size > 0 && this.#idListeners.has(entity.id));
  }

  /** Notifies the listeners to an interaction and to its id. */
  notify(entity: InteractionEntity): void {
    if (entity.isWatched) entity.view.notify();
    if (this.#idListeners.size > 0) this.#idListeners.get(entity.id)?.notify(this.#snapshotOf(entity.id));
  }

  /** Watches whichever interaction has this id, also one that is yet to come. */
  watch(id: string): ReadableStore<AnySnapshot | undefined> {
    return {
      getSnapshot: () => this.#snapshotOf(id),
      subscribe: (observer) => {
        const listeners = this.#idListeners.get(id) ?? new ListenerSet(this.#report);
        this.#idListeners.set(id, listeners);
        const end = listeners.add(observer, this.#snapshotOf(id));
        return subscription(() => {
          end();
          if (listeners.isEmpty && this.#idListeners.get(id) === listeners) this.#idListeners.delete(id);
        });
      },
    };
  }

  #snapshotOf(id: string): AnySnapshot | undefined {
    return this.entities.get(id)?.view.snapshot();
  }
}

const none: readonly never[] = [];
