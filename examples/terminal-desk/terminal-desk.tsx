import { useState, type ReactNode } from "react";
import { Box, Text, useInput } from "ink";
import type { AnySnapshot, ChannelSnapshot, OperationOutcome, Transcript } from "deskstate";
import {
  useAnomalies,
  useChannel,
  useConnection,
  useDesk,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/react";
import {
  channelText,
  connectionText,
  connectionTone,
  interactionTitle,
  outcomeText,
  sanitizeLine,
  transcriptEventText,
  type Tone,
} from "deskstate/text";
import { Draft } from "./draft.tsx";

type Actions = Readonly<Record<string, ((parameters?: object) => Promise<OperationOutcome>) | undefined>>;

/** A key and its present effect. */
interface Binding {
  readonly key: string;
  readonly title: string;
  readonly run: () => void;
}

const operationKeys = [
  { key: "a", operation: "Accept", title: "Accept" },
  { key: "r", operation: "Reject", title: "Reject" },
  { key: "r", operation: "Reply", title: "Reply" },
  { key: "l", operation: "LeaveChat", title: "leave" },
  { key: "c", operation: "Cancel", title: "Cancel" },
  { key: "f", operation: "StopProcessing", title: "finish" },
] as const;

const colors: Readonly<Record<Tone, string>> = {
  good: "green",
  warning: "yellow",
  bad: "red",
  quiet: "gray",
};
const maxMessages = 4;
const maxEvents = 12;

export interface TerminalDeskProps {
  readonly title: string;
  /** The agent's name for chat customers. */
  readonly nickname: string;
  readonly onQuit: () => void;
}

/** A desk in a terminal. A key works exactly while the action behind it exists. */
export function TerminalDesk({ title, nickname, onQuit }: TerminalDeskProps): ReactNode {
  const desk = useDesk();
  const connection = useConnection();
  const anomalies = useAnomalies();
  const channels = [useChannel("email"), useChannel("chat")];
  const invitations = useInvitations();
  const others = useInteractions().filter(({ id }) => !invitations.some((one) => one.id === id));
  const shown = [...invitations, ...others, ...useEnded()].map(({ id }) => id);
  const [selectedId, select] = useState("");
  const [draftFor, setDraftFor] = useState<string>();
  const [messages, setMessages] = useState<readonly string[]>([]);
  const [isQuitting, setQuitting] = useState(false);
  // A new offer does not move the selection, otherwise a key would act on something else than the agent sees.
  const id = shown.includes(selectedId) ? selectedId : (shown[0] ?? "");
  if (id !== selectedId) select(id);
  const interaction = useInteraction(id);
  const actions = (interaction?.actions ?? {}) as Actions;

  const showMessage = (text: string): void => setMessages((all) => [...all, text].slice(-maxMessages));
  const perform = async (label: string, running: Promise<OperationOutcome> | undefined) => {
    const outcome = await running;
    if (outcome !== undefined) showMessage(`${label}  ${outcome.operation}: ${outcomeText(outcome)}`);
    // An agent who starts a reply goes on to write it.
    if (outcome?.interactionId !== undefined) select(outcome.interactionId);
    return outcome;
  };
  const quit = (): void => {
    if (others.length === 0 || isQuitting) return onQuit();
    setQuitting(true);
    showMessage(`Not finished: ${others.length}. q again leaves nevertheless.`);
  };
  const send = async (target: AnySnapshot, text: string) => {
    const sending = (desk.interaction(target.id)?.actions as Actions | undefined)?.["Send"]?.({ text });
    if (sending === undefined) return showMessage("It cannot be sent now; the text is kept.");
    setDraftFor(undefined);
    const outcome = await perform(labelOf(target), sending);
    // After the reply, the agent finishes the original.
    if (outcome?.outcome === "Done" && target.parentId !== undefined) select(target.parentId);
  };

  const move = (by: number): void => select(shown[shown.indexOf(id) + by] ?? id);
  const bindings: Binding[] = [
    ...(shown.length > 1
      ? [
          { key: "↑", title: "previous", run: () => move(-1) },
          { key: "↓", title: "next", run: () => move(1) },
        ]
      : []),
    ...operationKeys.flatMap(({ key, operation, title: name }) => {
      const action = actions[operation];
      if (action === undefined || interaction === undefined) return [];
      const parameters = operation === "Accept" ? { nickname } : undefined;
      return [{ key, title: name, run: () => void perform(labelOf(interaction), action(parameters)) }];
    }),
    ...(actions["Send"] === undefined ? [] : [{ key: "s", title: "Send", run: () => setDraftFor(id) }]),
    ...(interaction?.isEnded === true
      ? [{ key: "x", title: "dismiss", run: () => void interaction.dismiss() }]
      : []),
    ...channels.flatMap(({ name, state, actions: { Ready, NotReady } }, index) => {
      const [action, word] = state === "Ready" ? [NotReady, "NotReady"] : [Ready, "Ready"];
      if (action === undefined) return [];
      return [{ key: `${index + 1}`, title: `${name} ${word}`, run: () => void perform(name, action()) }];
    }),
    { key: "q", title: "quit", run: quit },
  ];

  useInput((input, key) => {
    if (key.ctrl && input === "c") return onQuit();
    if (draftFor !== undefined) return;
    // Several characters are pasted text, not keys.
    const name = key.upArrow ? "↑" : key.downArrow ? "↓" : input;
    if (name !== "q") setQuitting(false);
    bindings.find((binding) => binding.key === name)?.run();
  });

  return (
    <Box flexDirection="column">
      <Text bold>deskstate {sanitizeLine(title)}</Text>
      <Text color={colors[connectionTone(connection)]}>● {connectionText(connection)}</Text>
      <Text>
        {channels.map(readinessOf).join("   ")}
        {anomalies.length > 0 && `   anomalies: ${anomalies.length}`}
      </Text>
      <Box flexDirection="column" marginTop={1}>
        {shown.length === 0 && <Text dimColor>No interactions.</Text>}
        {shown.map((one) => (
          <Row key={one} id={one} isSelected={one === id} />
        ))}
      </Box>
      {interaction !== undefined && <Content interaction={interaction} />}
      <Box flexDirection="column" marginY={1}>
        {messages.map((message, index) => (
          <Text key={index}>{sanitizeLine(message)}</Text>
        ))}
      </Box>
      {draftFor === undefined ? (
        <Text bold>{bindings.map(({ key, title: name }) => `${key} ${name}`).join("  ")}</Text>
      ) : (
        <Draft key={draftFor} id={draftFor} onSend={send} onClose={() => setDraftFor(undefined)} />
      )}
    </Box>
  );
}

function readinessOf(channel: ChannelSnapshot): string {
  const pending = channel.pending.length === 0 ? "" : `, ${channel.pending.join(" and ")} pending …`;
  return `${channel.name}: ${channelText(channel)}${pending}`;
}

function Row({ id, isSelected }: { readonly id: string; readonly isSelected: boolean }): ReactNode {
  const interaction = useInteraction(id);
  if (interaction === undefined) return null;
  const { state, outcome, isEnded, pending } = interaction;
  const ending = outcome !== null && outcome !== state ? `: ${outcome}` : "";
  const names = Object.keys(interaction.actions);
  const rest = [
    pending.map((name) => `${name} pending …`).join(" "),
    names.length > 0 ? `[${names.join(" ")}]` : "",
  ];
  return (
    <Text inverse={isSelected} dimColor={isEnded} wrap="truncate">
      {isSelected ? "▸" : " "} {labelOf(interaction)} {state}
      {ending} {interactionTitle(interaction)} {rest.join(" ")}
    </Text>
  );
}

function Content({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const lines =
    interaction.kind === "chat"
      ? chatLines(interaction.transcript)
      : interaction.kind === "email"
        ? (interaction.email?.text ?? "").split(/\r?\n/).map(sanitizeLine)
        : [];
  return (
    <Box flexDirection="column" borderStyle="single" paddingX={1}>
      {lines.slice(-maxEvents).map((line, index) => (
        <Text key={index}>{line}</Text>
      ))}
    </Box>
  );
}

function chatLines(transcript: Transcript): string[] {
  const { events, gaps, parties } = transcript;
  return [
    ...events.flatMap((event) =>
      event.noticeType === undefined ? (transcriptEventText(transcript, event) ?? []) : [],
    ),
    ...gaps.map(({ from, to }) => `… events ${from} to ${to} are missing …`),
    ...parties
      .filter((party) => party.isTyping)
      .map(({ nickName }) => `${sanitizeLine(nickName ?? "?")} is typing …`),
  ];
}

function labelOf({ id, channel }: AnySnapshot): string {
  return sanitizeLine(`${channel} ${id.slice(-4)}`);
}
