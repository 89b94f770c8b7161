"use client";
import { createElement, useEffect, useMemo, type ReactElement, type ReactNode } from "react";
import { createDesk, noLink, type ChannelSnapshot, type Desk, type StartOptions } from "../index.ts";
import type { AnySnapshot, Interaction, StandardVocabulary as Standard, Vocabulary } from "../index.ts";
import {
  Provided,
  useProvided,
  useReadable,
  type IsEqual,
  type Selector,
  type Store,
} from "./use-readable.ts";

/** Properties of {@link DeskProvider}. */
export interface DeskProviderProps<Words extends Vocabulary = Standard> {
  readonly desk: Desk<Words>;
  /**
   * Keeps the desk started with these options while the provider is mounted; when they change, the desk restarts with
   * the new ones. Without `autoStart` the application starts and stops the desk.
   */
  readonly autoStart?: StartOptions | boolean | undefined;
  readonly children?: ReactNode;
}

/** Provides a desk to the components below. */
export function DeskProvider<Words extends Vocabulary = Standard>(
  properties: DeskProviderProps<Words>,
): ReactElement {
  const { desk, autoStart, children } = properties;
  useEffect(
    () => (autoStart ? desk.retain(autoStart === true ? {} : autoStart) : undefined),
    // Inline options are a new object at each render.
    [desk, JSON.stringify(autoStart)],
  );
  const provided = useMemo(() => ({ desk, idle: createDesk({ link: noLink }) }), [desk]);
  return createElement(Provided.Provider, { value: provided }, children);
}

/** Returns the desk of the provider, for event handlers. It never re-renders the component. */
export const useDesk = <Words extends Vocabulary = Standard>(): Desk<Words> => useProvided<Words>().desk;

/** Returns what a selector returns of the whole desk. The selector runs after every change of the desk. */
export function useDeskSelector<Words extends Vocabulary = Standard, Selected = unknown>(
  selector: (desk: Desk<Words>) => Selected,
  isEqual?: IsEqual<Selected>,
): Selected {
  return useReadable(everything<Words>, "", selector, isEqual);
}

/** Reads one of the agent's channels, by the server's name. */
export function useChannel<Words extends Vocabulary = Standard, Selected = ChannelSnapshot<Words>>(
  name: string,
  selector?: Selector<ChannelSnapshot<Words>, Selected>,
  isEqual?: IsEqual<Selected>,
): Selected {
  return useReadable((desk: Desk<Words>, key) => desk.channel(key), name, selector, isEqual);
}

type Found<Words extends Vocabulary> = AnySnapshot<Words> | undefined;

/** Reads the interaction with this id, also when it has ended; `undefined` before it exists and after it was dismissed. */
export function useInteraction<Words extends Vocabulary = Standard, Selected = Found<Words>>(
  id: string,
  selector?: Selector<Found<Words>, Selected>,
  isEqual?: IsEqual<Selected>,
): Selected {
  return useReadable((desk: Desk<Words>, key) => desk.watch(key), id, selector, isEqual);
}

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
  ): Selected => useReadable(find, "", selector, isEqual);
}

type List<Words extends Vocabulary> = readonly Interaction<Words>[];

function readingList(name: "interactions" | "invitations" | "ended") {
  const find = <Words extends Vocabulary>(desk: Desk<Words>) => desk[name];
  return <Words extends Vocabulary = Standard, Selected = List<Words>>(
    selector?: Selector<List<Words>, Selected>,
    isEqual?: IsEqual<Selected>,
  ): Selected => useReadable(find<Words>, "", selector, isEqual);
}

/** Returns a store of the whole desk: a new copy after each change, and on subscribe, for changes since the render. */
function everything<Words extends Vocabulary>(desk: Desk<Words>): Store<Desk<Words>> {
  let snapshot = desk;
  const subscribe = (changed: () => void) => {
    const renew = () => {
      snapshot = { ...desk };
      changed();
    };
    const parts = [desk.changes, desk.channels, desk.ended, desk.anomalies];
    const ends = parts.map((part) => part.subscribe(renew));
    renew();
    return () => ends.forEach((end) => end());
  };
  return { getSnapshot: () => snapshot, subscribe };
}
