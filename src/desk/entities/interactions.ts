import type { InteractionFact } from "../../domain/fact.ts";
import { isBehind, isEnding } from "../../domain/lifecycle.ts";
import type { InteractionHost } from "./entity-context.ts";
import { InteractionEntity } from "./interaction-entity.ts";
import type { AnySnapshot } from "./interaction.ts";
import { createList } from "../lists.ts";
import { ListenerSet, subscription, type ReadableStore, type Subscription } from "../readable-store.ts";
import { endedMeanwhile, type Merge } from "../resync.ts";

/** What the interactions need of their desk. */
export interface InteractionStoreOptions {
  /** How many ended interactions are kept. */
  readonly keepEnded: number;
  readonly changed: (cell: InteractionEntity) => void;
}

/** Ids of interactions that were dismissed, so that a late message does not bring them back. */
const maxDismissedIds = 256;

/** The channel of an interaction of which the server has not said it. */
const unnamed = "unknown";

/** Makes the store of a desk's interactions. What one message costs does not depend on how many there are. */
export function createInteractionStore(
  given: Omit<InteractionHost<InteractionEntity>, "changed" | "dismiss">,
  { keepEnded, changed: tell }: InteractionStoreOptions,
) {
  const { report, rules, runner, lookUp, effects } = given;
  const cells = new Map<string, InteractionEntity>();
  const dismissedIds = new Set<string>();
  /** Those who watch an id, told when an interaction with it comes or is dismissed. */
  const idWatchers = new Map<string, ListenerSet<AnySnapshot | undefined>>();
  const list = () => createList((cell: InteractionEntity) => cell.view.handle, report);
  const [live, invitations, ended] = [list(), list(), list()];

  const dismiss = (cell: InteractionEntity): boolean => {
    const { id } = cell;
    if (!cell.isEnded || cells.get(id) !== cell) return false;
    cells.delete(id);
    dismissedIds.add(id);
    if (dismissedIds.size > maxDismissedIds) dismissedIds.delete(dismissedIds.values().next().value!);
    cell.dispose();
    effects.telling(() => {
      if (ended.set(cell, false)) ended.notify();
      idWatchers.get(id)?.notify(undefined);
    });
    return true;
  };

  /** Puts the interaction on the lists of its state and takes it off the others. Gives the lists that changed. */
  const updateLists = (cell: InteractionEntity) => {
    const { state, isEnded, listedState: listedAs } = cell;
    if (state === listedAs) return [];
    cell.listedState = state;
    const belongs = [!isEnded, state === "Invited", isEnded];
    const lists = [live, invitations, ended].filter((list, index) => list.set(cell, belongs[index]!));
    for (const oldest of ended.members()) if (ended.size() <= keepEnded || !dismiss(oldest)) break;
    return lists;
  };

  /** A reply is confirmed by the interaction that it created; only then is a new one looked at so closely. */
  const confirmReplies = (cell: InteractionEntity): void => {
    if (cell.state !== "Composing") return;
    const waiting = runner.awaitingReply();
    const { parentId, threadId } = cell.record;
    for (const running of waiting) {
      const asked = running.subject;
      if (!(asked instanceof InteractionEntity) || asked === cell) continue;
      const isAnswer =
        parentId !== undefined
          ? parentId === asked.id
          : threadId !== undefined
            ? threadId === asked.record.threadId
            : waiting.length === 1;
      if (!isAnswer) continue;
      running.details = { interactionId: cell.id };
      return asked.note({ type: "OperationConfirmed", key: running.key });
    }
  };

  const changed = (cell: InteractionEntity): void => {
    const lists = updateLists(cell);
    effects.telling(() => {
      cell.notify();
      for (const list of lists) list.notify();
      tell(cell);
    });
    confirmReplies(cell);
    if (cell.hasNewGap()) lookUp();
  };
  const host: InteractionHost<InteractionEntity> = {
    ...given,
    changed,
    dismiss: (cell) => effects.take("dismiss", [cell.id], () => dismiss(cell)),
  };

  const create = ({ id, channel = unnamed }: InteractionFact): InteractionEntity => {
    if (!rules.interaction.has(channel)) {
      const message = "The channel is not known: it can be seen, not handled.";
      report({ code: "unknown-channel", message, id });
    }
    const cell = new InteractionEntity(id, channel, host);
    cells.set(id, cell);
    return cell;
  };

  /**
   * A notification about an interaction that has ended or was dismissed changes nothing. But if it grants something it
   * may be a new offer of the same interaction, which cannot be told from a repeat; then the server's list decides.
   */
  const late = ({ id, change, capabilities = [] }: InteractionFact): void => {
    const message = `${change} came after the end; it changed nothing.`;
    report({ code: "late-fact", message, id });
    if (!isEnding(change) && capabilities.length > 0) lookUp();
  };

  const receive = (fact: InteractionFact): void => {
    const { id, channel } = fact;
    const known = cells.get(id);
    if (known === undefined ? dismissedIds.has(id) : known.isEnded) return late(fact);
    if (known !== undefined && channel !== undefined && channel !== known.serverChannel) {
      if (known.serverChannel === unnamed) known.nameChannel(channel);
      else {
        const message = "The server named another channel than before, which counts.";
        report({ code: "channel-mismatch", message, id });
      }
    }
    const cell = known ?? create(fact);
    cell.receive(fact);
    // One that is heard of for the first time is news, even when nothing is told about it.
    if (cell.listedState === undefined) changed(cell);
    if (known === undefined) {
      effects.telling(() => idWatchers.get(id)?.notify(cell.view.handle.getSnapshot()));
    }
  };

  const mergeListed = (fact: InteractionFact, meanwhile: readonly InteractionFact[] = []): void => {
    const { id, change } = fact;
    const cell = cells.get(id);
    if ((cell === undefined || cell.isEnded) && endedMeanwhile(meanwhile)) return;
    if (cell === undefined) dismissedIds.delete(id);
    else if (cell.isEnded) {
      const message = "It had ended, but is on the server's list again.";
      report({ code: "reoffered", message, id });
      cell.renew();
    } else if (meanwhile.length === 0 && isBehind(change, cell.state)) {
      const message = `The server's list leads back from ${cell.state}.`;
      report({ code: "unexpected-state", message, id });
      cell.renew();
    }
    for (const one of [fact, ...meanwhile]) receive(one);
  };

  return {
    live,
    invitations,
    ended,
    cells,
    forgotten: dismissedIds,
    /** Takes in a notification. */
    receive,

    /**
     * Takes in the server's own list. It is the truth as of when it was made: it may end, bring back or lead back what no
     * notification could. What was heard by notification meanwhile is newer and is applied once more on top.
     */
    merge: ({ reading, meanwhile }: Merge): void => {
      for (const fact of reading.facts) {
        if (fact.about === "interaction") mergeListed(fact, meanwhile.get(fact.id));
      }
      for (const cell of [...live.members()]) {
        if (!reading.ids.has(cell.id) && !meanwhile.has(cell.id)) cell.receive(missing(cell));
      }
    },

    /** The connection went live or ceased to be: what can be done changed for those who are watched. */
    notifyWatched: (): void => {
      effects.telling(() => {
        for (const cell of cells.values()) cell.notify();
      });
    },

    /** Watches whichever interaction has this id, also one that is yet to come. */
    watch: (id: string): ReadableStore<AnySnapshot | undefined> => ({
      getSnapshot: () => cells.get(id)?.view.handle.getSnapshot(),
      subscribe: (observer) => {
        let watched: Subscription | undefined;
        const own = new ListenerSet<AnySnapshot | undefined>(report);
        own.add(observer);
        const follow = () => {
          watched?.();
          watched = cells.get(id)?.view.handle.subscribe((snapshot) => own.notify(snapshot));
        };
        follow();
        const others = idWatchers.get(id) ?? new ListenerSet(report);
        idWatchers.set(id, others);
        const end = others.add((snapshot) => {
          follow();
          own.notify(snapshot);
        });
        return subscription(() => {
          end();
          watched?.();
          if (others.isEmpty && idWatchers.get(id) === others) idWatchers.delete(id);
        });
      },
    }),
  };
}

function missing({ id, serverChannel: channel }: InteractionEntity): InteractionFact {
  return {
    about: "interaction",
    id,
    channel,
    change: "Missing",
    state: undefined,
    capabilities: [],
    known: {},
  };
}
