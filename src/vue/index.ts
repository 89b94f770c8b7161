import { toValue, type MaybeRefOrGetter, type ShallowRef } from "vue";
import type { AnySnapshot, ChannelSnapshot, Desk, Interaction } from "../index.ts";
import type { StandardVocabulary as Standard, Vocabulary } from "../index.ts";
import { useProvided } from "./provide-desk.ts";
import { useReadable, type Selection, type Source } from "./use-readable.ts";

export { deskPlugin, provideDesk, type ProvideOptions } from "./provide-desk.ts";

type Found<Words extends Vocabulary> = AnySnapshot<Words> | undefined;
type List<Words extends Vocabulary> = readonly Interaction<Words>[];

/** The desk of the provider; or what a selector takes of the whole desk, which it looks at after every change. */
export function useDesk<Words extends Vocabulary = Standard>(): Desk<Words>;
export function useDesk<Selected, Words extends Vocabulary = Standard>(
  ...selection: Selection<Desk<Words>, Selected>
): Readonly<ShallowRef<Selected>>;
export function useDesk(...selection: Selection<Desk, unknown>): unknown {
  return selection.length === 0 ? useProvided() : useReadable(everything, selection);
}

/** One of the agent's channels, by the server's name. */
export const useChannel = <Words extends Vocabulary = Standard, Selected = ChannelSnapshot<Words>>(
  name: MaybeRefOrGetter<string>,
  ...selection: Selection<ChannelSnapshot<Words>, Selected>
) => useReadable((desk: Desk<Words>) => desk.channel(toValue(name)), selection);

/** The interaction with this id, also when it has ended; `undefined` before there is one and after it was dismissed. */
export const useInteraction = <Words extends Vocabulary = Standard, Selected = Found<Words>>(
  id: MaybeRefOrGetter<string>,
  ...selection: Selection<Found<Words>, Selected>
) => useReadable((desk: Desk<Words>) => desk.watch(toValue(id)), selection);

/** Where the desk stands with its server. */
export const useConnection = reading((desk) => desk.connection);
/** What was odd. */
export const useAnomalies = reading((desk) => desk.anomalies);
/** The interactions that have not ended, oldest first. A row reads its own with {@link useInteraction}. */
export const useInteractions = readingList("interactions");
/** The interactions that the agent is offered now, oldest offer first. */
export const useInvitations = readingList("invitations");
/** The interactions that have ended and are not dismissed, in the order of their end. */
export const useEnded = readingList("ended");

function reading<Snapshot>(find: (desk: Desk) => Source<Snapshot>) {
  return <Selected = Snapshot>(...selection: Selection<Snapshot, Selected>) => useReadable(find, selection);
}

function readingList(name: "interactions" | "invitations" | "ended") {
  return <Words extends Vocabulary = Standard, Selected = List<Words>>(
    ...selection: Selection<List<Words>, Selected>
  ) => useReadable((desk: Desk<Words>) => desk[name], selection);
}

/** The whole desk, as another object at each reading: it is the same one whatever changes in it. */
const everything = (desk: Desk): Source<Desk> => ({
  getSnapshot: () => ({ ...desk }),
  subscribe: (changed) => {
    const { changes, channels, ended, anomalies } = desk;
    const ends = [changes, channels, ended, anomalies].map((one) => one.subscribe(changed));
    return () => ends.forEach((end) => end());
  },
});
