import type { Report } from "../../domain/anomaly.ts";
import { MaintainedList } from "../lists.ts";
import { subscription, WatchedStore, type ReadableStore } from "../readable-store.ts";
import type { Round } from "../round.ts";
import type { InteractionEntity } from "./interaction-entity.ts";
import type { AnySnapshot, Interaction } from "./interaction.ts";

/** Ids of dismissed interactions that are kept, so that a late message does not bring them back. */
const maxDismissedIds = 256;

const none: readonly never[] = [];

/** The interactions of a desk, and their lists. What one message costs does not depend on how many there are. */
export class Interactions {
  readonly entities = new Map<string, InteractionEntity>();
  readonly dismissedIds = new Set<string>();
  readonly live: MaintainedList<InteractionEntity, Interaction>;
  readonly invitations: MaintainedList<InteractionEntity, Interaction>;
  readonly ended: MaintainedList<InteractionEntity, Interaction>;
  readonly #round: Round;
  readonly #report: Report;
  readonly #keepEnded: number;
  /** The listeners to ids, notified also when an interaction with the id appears or is dismissed. */
  readonly #byId = new Map<string, WatchedStore<AnySnapshot | undefined>>();

  constructor(round: Round, report: Report, keepEnded: number) {
    this.#round = round;
    this.#report = report;
    this.#keepEnded = keepEnded;
    const list = () => new MaintainedList(({ view }: InteractionEntity) => view.handle, report);
    this.live = list();
    this.invitations = list();
    this.ended = list();
  }

  /** Puts an interaction that changed on the lists of its state, and has the listeners notified. */
  changed(entity: InteractionEntity): void {
    const { state, isEnded } = entity;
    if (state !== entity.listedState) {
      entity.listedState = state;
      this.#set(this.live, entity, !isEnded);
      this.#set(this.invitations, entity, state === "Invited");
      this.#set(this.ended, entity, isEnded);
    }
    this.notify(entity);
  }

  /** Adds the listeners to an interaction and to its id to those to be notified. */
  notify(entity: InteractionEntity): void {
    this.#round.changedInteraction(entity.store);
    if (this.#byId.size > 0) this.#round.changedInteraction(this.#byId.get(entity.id));
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
    const { entities, dismissedIds } = this;
    const { id } = entity;
    if (!entity.isEnded || entities.get(id) !== entity) return false;
    entities.delete(id);
    dismissedIds.add(id);
    if (dismissedIds.size > maxDismissedIds) dismissedIds.delete(dismissedIds.values().next().value!);
    this.#set(this.ended, entity, false);
    this.notify(entity);
    return true;
  }

  /** Watches whichever interaction has this id, also one that is yet to come. */
  watch(id: string): ReadableStore<AnySnapshot | undefined> {
    const getSnapshot = () => this.entities.get(id)?.view.snapshot();
    return {
      getSnapshot,
      subscribe: (observer) => {
        const store = this.#byId.get(id) ?? new WatchedStore(getSnapshot, this.#report);
        this.#byId.set(id, store);
        const end = store.readable.subscribe(observer);
        return subscription(() => {
          end();
          if (store.isEmpty && this.#byId.get(id) === store) this.#byId.delete(id);
        });
      },
    };
  }

  #set(list: MaintainedList<InteractionEntity, Interaction>, entity: InteractionEntity, belongs: boolean) {
    if (list.set(entity, belongs)) this.#round.changed(list.store);
  }
}
