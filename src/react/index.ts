"use client";
import { createElement, useEffect, useMemo, type ReactElement, type ReactNode } from "react";
import { createDesk, noLink, type ChannelSnapshot, type Desk, type StartOptions } from "../index.ts";
import type { AnySnapshot, Interaction, StandardVocabulary as Standard, Vocabulary } from "../index.ts";
import { Provided, useProvided, useReadable, type Selection, type Store } from "./use-readable.ts";

/** What a {@link DeskProvider} is given. */
export interface DeskProviderProps<Words extends Vocabulary = Standard> {
  readonly desk: Desk<Words>;
  /** Keeps the desk started while mounted, with these options. Without it the application starts and stops the desk. */
  readonly autoStart?: StartOptions | boolean | undefined;
  readonly children?: ReactNode;
}

/** Gives a desk to the components below. */
export function DeskProvider<Words extends Vocabulary = Standard>(
  properties: DeskProviderProps<Words>,
): ReactElement {
  const { desk, autoStart = false, children } = properties as unknown as DeskProviderProps;
  const isStarting = autoStart !== false;
  useEffect(
    () => (isStarting ? desk.retain(autoStart === true ? {} : autoStart) : undefined),
    [desk, isStarting],
  );
  const provided = useMemo(() => ({ desk, idle: createDesk({ link: noLink }) }), [desk]);
  return createElement(Provided.Provider, { value: provided }, children);
}

/** The desk of the provider; or what a selector takes of the whole desk, which it looks at after every change. */
export function useDesk<Words extends Vocabulary = Standard, Selected = Desk<Words>>(
  ...selection: Selection<Desk<Words>, Selected>
): Selected {
  // A component always gives a selector or never does, so its hooks keep their order.
  return selection[0] ? useReadable(everything, "", selection) : (useProvided().desk as never);
}

/** One of the agent's channels, by the server's name. */
export function useChannel<Words extends Vocabulary = Standard, Selected = ChannelSnapshot<Words>>(
  name: string,
  ...selection: Selection<ChannelSnapshot<Words>, Selected>
): Selected {
  return useReadable((desk, key) => desk.channel(key), name, selection);
}

/** The interaction with this id, also when it has ended; `undefined` before there is one and after it was dismissed. */
export function useInteraction<
  Words extends Vocabulary = Standard,
  Selected = AnySnapshot<Words> | undefined,
>(id: string, ...selection: Selection<AnySnapshot<Words> | undefined, Selected>): Selected {
  return useReadable((desk, key) => desk.watch(key), id, selection);
}

/** Where the desk stands with its server. */
export const useConnection = reading((desk) => desk.connection);

/** What was odd. */
export const useAnomalies = reading((desk) => desk.anomalies);

/** The interactions that have not ended, oldest first. A row reads its own with {@link useInteraction}. */
export const useInteractions = readingList((desk) => desk.interactions);

/** The interactions that the agent is offered now, oldest offer first. */
export const useInvitations = readingList((desk) => desk.invitations);

/** The interactions that have ended and are not dismissed, in the order of their end. */
export const useEnded = readingList((desk) => desk.ended);

function reading<Snapshot>(find: (desk: Desk) => Store<Snapshot>) {
  return <Selected = Snapshot>(...selection: Selection<Snapshot, Selected>): Selected =>
    useReadable(find, "", selection);
}

type List<Words extends Vocabulary> = readonly Interaction<Words>[];

function readingList(find: (desk: Desk) => Store<List<Standard>>) {
  return <Words extends Vocabulary = Standard, Selected = List<Words>>(
    ...selection: Selection<List<Words>, Selected>
  ): Selected => useReadable(find, "", selection);
}

/** The whole desk, as another object after each change; and when one begins to listen, for what it did not hear. */
function everything(desk: Desk): Store {
  let snapshot = desk;
  const subscribe = (changed: () => void) => {
    const renew = () => {
      snapshot = { ...desk };
      changed();
    };
    const { changes, channels, ended, anomalies } = desk;
    const ends = [changes, channels, ended, anomalies].map((one) => one.subscribe(renew));
    renew();
    return () => ends.forEach((end) => end());
  };
  return { getSnapshot: () => snapshot, subscribe };
}
