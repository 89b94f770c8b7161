import type { DeskChange } from "./desk.ts";
import type { ChannelEntity } from "./entities/channel-entity.ts";
import type { ConnectionEntity } from "./entities/connection-entity.ts";
import type { InteractionEntity } from "./entities/interaction-entity.ts";
import type { Interactions } from "./entities/interactions.ts";
import type { ListenerSet } from "./readable-store.ts";

/** Something with listeners of its own. */
interface Notifies {
  readonly isWatched: boolean;
  readonly notify: () => void;
}

/** What listeners are to be notified of when a round ends. */
export class News {
  readonly #interactions: Interactions;
  readonly #changeListeners: ListenerSet<DeskChange>;
  #deliveries: (() => void)[] = [];
  #stores = new Set<Notifies>();
  #changed: InteractionEntity[] = [];
  /** One for each change, in their order. */
  #changes: (InteractionEntity | ChannelEntity | ConnectionEntity)[] = [];

  constructor(interactions: Interactions, changeListeners: ListenerSet<DeskChange>) {
    this.#interactions = interactions;
    this.#changeListeners = changeListeners;
  }

  get isEmpty(): boolean {
    return (
      this.#changed.length === 0 &&
      this.#stores.size === 0 &&
      this.#changes.length === 0 &&
      this.#deliveries.length === 0
    );
  }

  /** An observer of charts is to be called. */
  addDelivery(deliver: () => void): void {
    this.#deliveries.push(deliver);
  }

  /** A list, a channel, the connection or the anomalies have changed. */
  addStore(store: Notifies): void {
    if (store.isWatched) this.#stores.add(store);
  }

  /** What listeners see of an interaction may have changed. */
  addInteraction(entity: InteractionEntity): void {
    if (entity.isQueued || !this.#interactions.isWatched(entity)) return;
    entity.isQueued = true;
    this.#changed.push(entity);
  }

  /** Something of which the whole desk's listeners are notified has changed. */
  addChange(entity: InteractionEntity | ChannelEntity | ConnectionEntity): void {
    if (!this.#changeListeners.isEmpty) this.#changes.push(entity);
  }

  /** Notifies the listeners of all that has been added; what is added meanwhile waits for the next time. */
  notify(): void {
    const [deliveries, stores] = [this.#deliveries, this.#stores];
    const [changed, changes] = [this.#changed, this.#changes];
    this.#deliveries = [];
    this.#stores = new Set();
    this.#changed = [];
    this.#changes = [];
    for (const deliver of deliveries) deliver();
    for (const entity of changed) {
      entity.isQueued = false;
      this.#interactions.notify(entity);
    }
    for (const store of stores) store.notify();
    for (const entity of changes) this.#changeListeners.notify(changeOf(entity));
  }
}

function changeOf(entity: InteractionEntity | ChannelEntity | ConnectionEntity): DeskChange {
  if ("view" in entity) return { about: "interaction", interaction: entity.view.handle };
  if ("name" in entity) return { about: "channel", channel: entity.handle };
  return { about: "connection", connection: entity.handle };
}
