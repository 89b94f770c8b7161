import { useSelector } from "@xstate/vue";
import { createApp, h, ref, type Ref, type ShallowRef } from "vue";
import type {
  Anomaly,
  ChannelSnapshot,
  InteractionOf,
  SnapshotOf,
  ConnectionSnapshot,
  Desk,
  Interaction,
  OperationOutcome,
  ServerOperations,
  StandardKinds,
  VocabularyOf,
} from "../../src/index.ts";
import {
  deskPlugin,
  provideDesk,
  useAnomalies,
  useChannel,
  useConnection,
  useDesk,
  useDeskSelector,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "../../src/vue/index.ts";

// Checked by `npm run types`: what is marked as an error must be one, and everything else must not be.

type Read<Value> = Readonly<ShallowRef<Value>>;

export function aChatHasSendAndAnEmailHasReply(): void {
  const interaction = useInteraction("X");
  // @ts-expect-error there may be none
  void interaction.value.state;
  // @ts-expect-error not before it is known to be a chat
  void interaction.value?.actions.LeaveChat;
  if (interaction.value?.kind === "chat") {
    const sent: Promise<OperationOutcome> | undefined = interaction.value.actions.Send?.({ text: "Hello" });
    void [sent, interaction.value.transcript.events];
    // @ts-expect-error a chat has no Reply
    void interaction.value.actions.Reply;
    // @ts-expect-error Send needs a text
    void interaction.value.actions.Send?.();
  }
  if (interaction.value?.kind === "email") {
    void interaction.value.actions.Reply?.();
    void interaction.value.email?.subject;
    // @ts-expect-error an email has no typing notices
    void interaction.value.actions.SendNotification;
    // @ts-expect-error an email has no transcript
    void interaction.value.transcript;
  }
}

export function whatIsReadIsTyped(): void {
  const connection: Read<ConnectionSnapshot> = useConnection();
  const chat: Read<ChannelSnapshot> = useChannel("chat");
  const interactions: Read<readonly Interaction[]> = useInteractions();
  const invitations: Read<readonly Interaction[]> = useInvitations();
  const ended: Read<readonly Interaction[]> = useEnded();
  const anomalies: Read<readonly Anomaly[]> = useAnomalies();
  const desk: Desk = useDesk();
  void [connection, chat, interactions, invitations, ended, anomalies, desk];
  void chat.value.actions.NotReady?.({ reason: "OutToLunch" });
  // @ts-expect-error Ready takes no reason
  void chat.value.actions.Ready?.({ reason: "Back" });
  for (const invitation of invitations.value) void invitation.actions.Accept?.({ nickname: "Ana" });
}

export function idsAndNamesMayBeReferencesAndGetters(properties: { readonly id: string }): void {
  void useInteraction(ref("X"));
  void useInteraction(() => properties.id);
  void useChannel(ref("chat"));
  void useChannel(() => "email");
  // @ts-expect-error an id is text
  void useInteraction(5);
  // @ts-expect-error an interaction is asked for by its id
  void useInteraction();
  // @ts-expect-error nor by a reference to something else
  void useInteraction(ref(5));
}

export function aSelectorDecidesTheType(): void {
  const state: Read<ConnectionSnapshot["state"]> = useConnection(({ state }) => state);
  const isReady: Read<boolean> = useChannel("chat", ({ state }) => state === "Ready");
  const text: Read<string | undefined> = useInteraction("X", (found) =>
    found?.kind === "chat" ? found.transcript.events.at(-1)?.text : found?.channel,
  );
  const count: Read<number> = useInteractions((list) => list.length);
  const first: Read<Interaction | undefined> = useInvitations(([first]) => first);
  const chats: Read<InteractionOf<"chat">[]> = useInteractions((list) =>
    list.filter((one): one is InteractionOf<"chat"> => one.kind === "chat"),
  );
  const live: Read<boolean> = useDeskSelector(({ connection }) => connection.state === "Live");
  void [state, isReady, text, count, first, chats, live];
  // @ts-expect-error that is a boolean
  const mistyped: Read<string> = useChannel("chat", ({ pending }) => pending.length > 0);
  // @ts-expect-error a connection has no reason
  void useConnection(({ reason }) => reason);
  // @ts-expect-error there may be no interaction
  void useInteraction("X", ({ state }) => state);
  void mistyped;
}

export function anEqualityComparesWhatWasTaken(): void {
  const length = (one: readonly string[], other: readonly string[]) => one.length === other.length;
  void useInteraction("X", (found) => found?.pending ?? [], length);
  void useDeskSelector((desk) => desk.channels.getSnapshot().map(({ name }) => name), length);
  // @ts-expect-error a number has no length
  void useInteractions((list) => list.length, length);
}

export function nothingThatIsReadCanBeWritten(): void {
  const connection = useConnection();
  // @ts-expect-error the server decides
  connection.value = { ...connection.value, state: "Live" };
  // @ts-expect-error
  connection.value.state = "Live";
  // @ts-expect-error
  useInteractions().value.push();
}

export function aDeskIsProvidedByAComponentOrAnApplication(desk: Desk): void {
  provideDesk(desk);
  provideDesk(desk, { autoStart: true });
  provideDesk(desk, { autoStart: { channels: ["chat"] } });
  // @ts-expect-error channels come in a list
  provideDesk(desk, { autoStart: { channels: "chat" } });
  // @ts-expect-error the name of an option misspelt
  provideDesk(desk, { held: true });
  // @ts-expect-error what is provided is a desk
  provideDesk({});
  const app = createApp({ render: () => h("p") });
  app.use(deskPlugin, desk);
  app.use(deskPlugin, desk, { autoStart: true });
  // @ts-expect-error a plugin without a desk
  app.use(deskPlugin);
  // @ts-expect-error the name of an option misspelt
  app.use(deskPlugin, desk, { held: true });
}

interface SmokeOperations extends ServerOperations {
  readonly interaction: {
    readonly email: { readonly Burn: [] };
    readonly chat: { readonly Puff: [parameters: { rings: number }]; readonly Burn: [] };
  };
  readonly channel: { readonly Light: [] };
}

type Smoke = VocabularyOf<StandardKinds, SmokeOperations>;

export function anotherDialectHasItsOwnActions(smoking: Desk<Smoke>): void {
  provideDesk(smoking, { autoStart: true });
  const desk: Desk<Smoke> = useDesk<Smoke>();
  const interaction = useInteraction<Smoke>("X");
  if (interaction.value?.kind === "chat") void interaction.value.actions.Puff?.({ rings: 3 });
  // @ts-expect-error this server has no Accept
  if (interaction.value?.kind === "email") void interaction.value.actions.Accept;
  void useChannel<Smoke>("chat").value.actions.Light?.();
  void useInvitations<Smoke>().value[0]?.actions.Burn?.();
  const lit: Read<boolean> = useChannel(
    "chat",
    (channel: ChannelSnapshot<Smoke>) => "Light" in channel.actions,
  );
  void [desk, lit];
}

export function theSelectorOfXStateTakesTheReadables(desk: Desk, chat: InteractionOf<"chat">): void {
  const state: Ref<ConnectionSnapshot["state"]> = useSelector(desk.connection, ({ state }) => state);
  const count: Ref<number> = useSelector(desk.invitations, (list) => list.length);
  const canSend: Ref<boolean> = useSelector(
    chat,
    (snapshot: SnapshotOf<"chat">) => "Send" in snapshot.actions,
  );
  const ready: Ref<boolean> = useSelector(desk.channel("chat"), ({ state }) => state === "Ready");
  const found: Ref<string | undefined> = useSelector(desk.watch("X"), (snapshot) => snapshot?.id);
  // @ts-expect-error a snapshot of a chat has no email
  useSelector(chat, ({ email }) => email);
  void [state, count, canSend, ready, found];
}
