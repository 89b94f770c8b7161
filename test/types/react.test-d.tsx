import { useSelector } from "@xstate/react";
import type { ReactNode } from "react";
import type {
  AnySnapshot,
  Anomaly,
  ChannelSnapshot,
  ConnectionSnapshot,
  Desk,
  Interaction,
  StandardVocabulary,
} from "../../src/index.ts";
import {
  DeskProvider,
  useAnomalies,
  useChannel,
  useConnection,
  useDesk,
  useDeskSelector,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "../../src/react/index.ts";
import type { Words852 } from "../dialect/sibling-8.5.2.ts";

// Checked by `npm run types`: what is marked as an error must be one, and everything else must not be.

export function EachHookGivesTheWholeSnapshot(): ReactNode {
  const desk: Desk = useDesk();
  const connection: ConnectionSnapshot = useConnection();
  const channel: ChannelSnapshot = useChannel("chat");
  const interaction: AnySnapshot | undefined = useInteraction("E");
  const lists: (readonly Interaction[])[] = [useInteractions(), useInvitations(), useEnded()];
  const anomalies: readonly Anomaly[] = useAnomalies();
  // @ts-expect-error there may be none
  void interaction.state;
  // @ts-expect-error a snapshot is not written to
  connection.state = "Live";
  void [desk, channel, lists, anomalies];
  return null;
}

export function OrWhatASelectorTakes(): ReactNode {
  const state: ConnectionSnapshot["state"] = useConnection((connection) => connection.state);
  const canBeReady: boolean = useChannel("chat", ({ actions }) => actions.Ready !== undefined);
  const subject = useInteraction("E", (found) =>
    found?.kind === "email" ? found.email?.subject : undefined,
  );
  const text: string | undefined = subject;
  const count: number = useInteractions((list) => list.length);
  const first: Interaction | undefined = useInvitations(([one]) => one);
  const ids: string[] = useEnded(
    (list) => list.map(({ id }) => id),
    (before, now) => before.join() === now.join(),
  );
  const codes: Set<string> = useAnomalies((list) => new Set(list.map(({ code }) => code)));
  const busy: boolean = useDeskSelector((desk) =>
    desk.interactions.getSnapshot().some((one) => one.state === "Accepted"),
  );
  // @ts-expect-error a connection has no subject
  useConnection((connection) => connection.subject);
  // @ts-expect-error what is taken is a number
  const mistyped: string = useInteractions((list) => list.length);
  // @ts-expect-error a selector is a function
  useConnection("state");
  const whole: ConnectionSnapshot = useConnection(undefined);
  const isSameText = (before: string, now: string) => before === now;
  // @ts-expect-error equality is of what is taken
  useInteractions((list) => list.length, isSameText);
  // @ts-expect-error which channel?
  useChannel();
  // @ts-expect-error which interaction?
  useInteraction((found) => found?.state);
  return [state, canBeReady, text, count, first?.id, ids, [...codes], busy, mistyped, whole.state].join();
}

export function AChatHasSendAndAnEmailHasReply({ id }: { readonly id: string }): ReactNode {
  const interaction = useInteraction(id);
  if (interaction === undefined) return null;
  // @ts-expect-error not every interaction can be replied to
  void interaction.actions.Reply;
  if (interaction.kind === "chat") {
    void interaction.actions.Send?.({ text: "Hello" });
    // @ts-expect-error an action may not be there
    void interaction.actions.Send({ text: "Hello" });
    // @ts-expect-error Send needs a text
    void interaction.actions.Send?.();
    // @ts-expect-error a chat has no Reply
    void interaction.actions.Reply;
    // @ts-expect-error nor may it be asked for
    void interaction.can("Reply");
    return interaction.transcript.events.map(({ text }) => text).join();
  }
  if (interaction.kind === "email") {
    void interaction.actions.Reply?.({ queueName: "out" });
    // @ts-expect-error a queue is named by text
    void interaction.actions.Reply?.({ queueName: 5 });
    // @ts-expect-error an email is not left
    void interaction.actions.LeaveChat;
    void interaction.editUserData((data) => {
      data["Refund"] = "yes";
    });
    return interaction.email?.subject;
  }
  // @ts-expect-error an interaction of another channel can be seen, not handled
  void interaction.actions.Accept?.();
  return interaction.channel;
}

export function AProviderNeedsADesk({ desk }: { readonly desk: Desk }): ReactNode {
  return (
    <>
      <DeskProvider desk={desk} />
      <DeskProvider desk={desk} autoStart>
        text
      </DeskProvider>
      <DeskProvider desk={desk} autoStart={{ channels: ["chat"] }} />
      {/* @ts-expect-error without a desk */}
      <DeskProvider>text</DeskProvider>
      {/* @ts-expect-error channels are named */}
      <DeskProvider desk={desk} autoStart={{ channels: [5] }} />
      {/* @ts-expect-error there is no such way to hold */}
      <DeskProvider desk={desk} autoStart="always" />
    </>
  );
}

export function AnotherDialectBringsItsOwnActions({ desk }: { readonly desk: Desk<Words852> }): ReactNode {
  const own: Desk<Words852> = useDesk<Words852>();
  const interaction = useInteraction<Words852>("E");
  if (interaction?.kind === "chat") {
    void interaction.actions.SendMessage?.({ text: "Hello" });
    // @ts-expect-error Send is a word of 8.5.1
    void interaction.actions.Send;
  }
  const may = useInteraction<Words852, boolean>(
    "E",
    (found: AnySnapshot<Words852> | undefined) =>
      found?.kind === "chat" && found.actions.SendMessage !== undefined,
  );
  const busy = useDeskSelector((all: Desk<Words852>) => all.interactions.getSnapshot().length > 0);
  // @ts-expect-error its words are others
  const standard: Desk<StandardVocabulary> = own;
  void [may, busy, standard];
  return <DeskProvider desk={desk} autoStart />;
}

export function TheReadablesGoIntoUseSelectorOfXState({
  desk,
  row,
}: {
  readonly desk: Desk;
  readonly row: Interaction;
}): ReactNode {
  const state: ConnectionSnapshot["state"] = useSelector(desk.connection, (connection) => connection.state);
  const count: number = useSelector(desk.invitations, (invitations) => invitations.length);
  const canAccept: boolean = useSelector(
    row,
    ({ channel, actions }) => channel !== "other" && actions.Accept !== undefined,
  );
  const watched: string | undefined = useSelector(desk.watch("E"), (found) => found?.state);
  // @ts-expect-error a connection has no subject
  useSelector(desk.connection, (connection) => connection.subject);
  return [state, count, canAccept, watched].join();
}
