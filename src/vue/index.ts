import { toValue, type MaybeRefOrGetter, type ShallowRef } from "vue";
import type { AnySnapshot, ChannelSnapshot, Desk, Interaction } from "../index.ts";
import type { StandardVocabulary as Standard, Vocabulary } from "../index.ts";
import { useProvided } from "./provide-desk.ts";
import { useReadable, type IsEqual, type Selector, type Store } from "./use-readable.ts";

export { deskPlugin, provideDesk, type ProvideOptions } from "./provide-desk.ts";

type Read<Selected> = Readonly<ShallowRef<Selected>>;
type Found<Words extends Vocabulary> = AnySnapshot<Words> | undefined;
type List<Words extends Vocabulary> = readonly Interaction<Words>[];

/** Returns the desk of the provider, for event handlers. It is not reactive. */
export const useDesk = <Words extends Vocabulary = Standard>(): Desk<Words> => useProvided<Words>().desk;

/** Returns what a selector returns of the whole desk. The selector runs after every change of the desk. */
export const useDeskSelector = <Words extends Vocabulary = Standard, Selected = unknown>(
  selector: (desk: Desk<Words>) => Selected,
  isEqual?: IsEqual<Selected>,
): Read<Selected> => useReadable(everything<Words>, selector, isEqual);

/** Reads one of the agent's channels, by the server's name. */
export const useChannel = <Words extends Vocabulary = Standard, Selected = ChannelSnapshot<Words>>(
  name: MaybeRefOrGetter<string>,
  selector?: Selector<ChannelSnapshot<Words>, Selected>,
  isEqual?: IsEqual<Selected>,
): Read<Selected> => useReadable((desk: Desk<Words>) => desk.channel(toValue(name)), selector, isEqual);

/** Reads the interaction with this id, also when it has ended; `undefined` before it exists and after it was dismissed. */
export const useInteraction = <Words extends Vocabulary = Standard, Selected = Found<Words>>(
  id: MaybeRefOrGetter<string>,
  selector?: Selector<Found<Words>, Selected>,
  isEqual?: IsEqual<Selected>,
): Read<Selected> => useReadable((desk: Desk<Words>) => desk.watch(toValue(id)), selector, isEqual);

/** Reads the state of the connection to the server. */
export const useConnection = reading((desk) => desk.connection);

/** Reads the anomalies: unexpected input that was reported and survived. */
export const useAnomalies = reading((desk) => desk.anomalies);

/** Reads the interactions that have not ended, oldest first. A row reads its own with {@link useInteraction}. */
export const useInteractions = readingList("interactions");

/** Reads the interactions that the agent is offered now, oldest offer first. */
export const useInvitations = readingList("invitations");

/** Reads the interactions that have ended and are not dismissed, in the order of their end. */
export const useEnded = readingList("ended");

function reading<Snapshot>(find: (desk: Desk) => Store<Snapshot>) {
  return <Selected = Snapshot>(
    selector?: Selector<Snapshot, Selected>,
    isEqual?: IsEqual<Selected>,
  ): Read<Selected> => useReadable(find, selector, isEqual);
}

function readingList(name: "interactions" | "invitations" | "ended") {
  return <Words extends Vocabulary = Standard, Selected = List<Words>>(
    selector?: Selector<List<Words>, Selected>,
    isEqual?: IsEqual<Selected>,
  ): Read<Selected> => useReadable((desk: Desk<Words>) => desk[name], selector, isEqual);
}

/** Returns a store of the whole desk, with a new copy at each read, because the desk itself stays the same object. */
const everything = <Words extends Vocabulary>(desk: Desk<Words>): Store<Desk<Words>> => ({
  getSnapshot: () => ({ ...desk }),
  subscribe: (changed) => {
    const parts = [desk.changes, desk.channels, desk.ended, desk.anomalies];
    const ends = parts.map((part) => part.subscribe(changed));
    return () => ends.forEach((end) => end());
  },
});
