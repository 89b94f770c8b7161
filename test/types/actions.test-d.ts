import {
  createDesk,
  type InteractionOf,
  type Desk,
  type Interaction,
  type OperationOutcome,
} from "../../src/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { recorded } from "../../src/recording/index.ts";

// Checked by `npm run types`: what is marked as an error must be one, and everything else must not be.

export async function example(): Promise<void> {
  const credentials = { user: "ana", password: "secret" };
  const desk = createDesk({ link: gws({ url: "https://gws.example.com/api/v2", credentials }) });
  await desk.start({ channels: ["email", "chat"] });
  await desk.channel("chat").actions.Ready?.();

  desk.invitations.subscribe(([first]) => first?.actions.Accept?.({ nickname: "Ana" }));
}

export function anActionIsThereOnlyAfterACheck(chat: InteractionOf<"chat">): void {
  // @ts-expect-error an action may not be there
  void chat.actions.Accept({ nickname: "Ana" });
  void chat.actions.Accept?.({ nickname: "Ana" });
  if (chat.actions.Accept) void chat.actions.Accept({ nickname: "Ana" });
  const { Send } = chat.actions;
  if (Send !== undefined) void Send({ text: "Hello" });
}

export function aChatIsNoEmail(chat: InteractionOf<"chat">): void {
  void chat.actions.Send?.({ text: "Hello" });
  void chat.transcript.events;
  // @ts-expect-error a chat has no Reply
  void chat.actions.Reply;
  // @ts-expect-error a chat has no Cancel
  void chat.actions.Cancel;
  // @ts-expect-error a chat has no email content
  void chat.email;
  // @ts-expect-error nor can it be asked whether it may be replied to
  void chat.can("Reply");
  void chat.can("Send");
}

export function anEmailIsNoChat(email: InteractionOf<"email">): void {
  void email.actions.Reply?.();
  void email.actions.Reply?.({ queueName: "out" });
  void email.email?.subject;
  // @ts-expect-error an email cannot be left
  void email.actions.LeaveChat;
  // @ts-expect-error an email has no typing notices
  void email.actions.SendNotification;
  // @ts-expect-error an email has no transcript
  void email.transcript;
  // @ts-expect-error nor can it be asked whether it may be left
  void email.can("LeaveChat");
}

export function argumentsAreTyped(chat: InteractionOf<"chat">, email: InteractionOf<"email">): void {
  // @ts-expect-error Send needs a text
  void chat.actions.Send?.();
  // @ts-expect-error in its arguments
  void chat.actions.Send?.({});
  // @ts-expect-error which is text
  void chat.actions.Send?.({ text: 5 });
  // @ts-expect-error and nothing else
  void chat.actions.Send?.({ text: "Hello", colour: "red" });
  // @ts-expect-error a chat message has no subject
  void chat.actions.Send?.({ text: "Hello", subject: "Light" });
  void email.actions.Send?.({ text: "Hello", subject: "Light" });
  // @ts-expect-error an outbound reply needs a text too
  void email.actions.Send?.({ subject: "Light" });
  // @ts-expect-error there are two kinds of notification
  void chat.actions.SendNotification?.({ noticeType: "Typing" });
  // @ts-expect-error Reject takes nothing
  void chat.actions.Reject?.({ reason: "busy" });
  // @ts-expect-error a transfer needs a target
  void chat.actions.SingleStepTransfer?.({});
  void chat.actions.SingleStepTransfer?.({ targetUri: "agent2" });
  void chat.actions.SingleStepTransfer?.({ queueName: "billing" });
  // @ts-expect-error keys come in a list
  void chat.actions.DeleteUserData?.({ keys: "Subject" });
  // @ts-expect-error user data is flat
  void chat.actions.UpdateUserData?.({ userData: { a: { b: 1 } } });
  void chat.actions.UpdateUserData?.({ userData: { a: "1", b: 2, c: null, d: true } });
}

export function channelsAreReadyOrNot(desk: Desk): void {
  const chat = desk.channel("chat");
  void chat.actions.NotReady?.({ reason: "OutToLunch" });
  // @ts-expect-error Ready takes no reason
  void chat.actions.Ready?.({ reason: "Back" });
  // @ts-expect-error a channel is not accepted
  void chat.actions.Accept;
  void chat.can("Ready");
  // @ts-expect-error
  void chat.can("Accept");
}

export function anActionPromisesANamedOutcome(chat: InteractionOf<"chat">): void {
  const promised: Promise<OperationOutcome> | undefined = chat.actions.LeaveChat?.();
  void promised?.then(({ outcome, reason }) => {
    if (outcome === "NotAllowed" && reason === "not-live") return;
    // @ts-expect-error outcomes are a closed list
    if (outcome === "Maybe") return;
    // @ts-expect-error and so are reasons
    if (reason === "because") return;
  });
}

export function theKindNarrowsTheType(interaction: Interaction): void {
  void interaction.actions.Accept?.();
  // @ts-expect-error not before it is known to be an email
  void interaction.actions.Reply?.();
  // @ts-expect-error nor to be a chat
  void interaction.transcript;
  if (interaction.kind === "email") {
    void interaction.actions.Reply?.();
    void interaction.email?.text;
  } else if (interaction.kind === "chat") {
    void interaction.actions.LeaveChat?.();
    void interaction.transcript.parties;
  } else {
    // @ts-expect-error an interaction of another channel can be seen, not handled
    void interaction.actions.Accept?.();
    void interaction.channel;
  }
}

export function nothingIsWrittenFromOutside(chat: InteractionOf<"chat">): void {
  // @ts-expect-error the server decides
  chat.state = "Accepted";
  // @ts-expect-error user data is edited on a draft
  chat.userData["Subject"] = "New";
  void chat.editUserData((draft) => {
    draft["Subject"] = "New";
    delete draft["Old"];
    // @ts-expect-error user data is flat
    draft["Nested"] = { a: 1 };
  });
  // @ts-expect-error facts come from the server alone
  chat.actor.send({ type: "Revoked" });
  // @ts-expect-error
  chat.transcript.events.push({ id: 1, messageType: "MESSAGE" });
}

export function aDeskNeedsALink(): void {
  void createDesk({ link: recorded() });
  // @ts-expect-error a desk without a link
  void createDesk({});
  // @ts-expect-error a link without credentials
  void gws({ url: "https://gws.example.com/api/v2" });
  // @ts-expect-error the name of an option misspelt
  void createDesk({ link: recorded(), operationTimeOut: 5 });
}
