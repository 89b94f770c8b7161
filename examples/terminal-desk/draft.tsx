import { useEffect, useRef, useState, type ReactNode } from "react";
import { Box, Text, useInput } from "ink";
import type { AnySnapshot } from "deskstate";
import { useDesk, useInteraction } from "deskstate/react";
import { interactionTitle, sanitizeLine } from "deskstate/text";

interface DraftProps {
  /** The interaction that the text is for. It stays the same when the agent selects another one. */
  readonly id: string;
  readonly onSend: (interaction: AnySnapshot, text: string) => Promise<void>;
  readonly onClose: () => void;
}

/** A text field. In a chat, the customer sees that the agent is typing. */
export function Draft({ id, onSend, onClose }: DraftProps): ReactNode {
  const desk = useDesk();
  const interaction = useInteraction(id);
  const [text, setText] = useState("");
  const wasSent = useRef(false);
  useEffect(() => {
    const notify = (noticeType: "TypingStarted" | "TypingStopped"): void => {
      const chat = desk.interaction(id);
      if (chat?.kind === "chat") void chat.actions.SendNotification?.({ noticeType });
    };
    notify("TypingStarted");
    return () => {
      if (!wasSent.current) notify("TypingStopped");
    };
  }, [desk, id]);
  useInput((input, key) => {
    if (key.escape) onClose();
    else if (key.return && text.trim() !== "" && interaction !== undefined) {
      wasSent.current = "Send" in interaction.actions;
      void onSend(interaction, text);
    } else if (key.backspace || key.delete) setText((before) => before.replace(/.$/su, ""));
    else if (key.ctrl && input === "u") setText("");
    // Pasted line breaks are part of the text and do not send it.
    else if (!key.ctrl && !key.meta && !key.return)
      setText((before) => before + input.replace(/\r\n?/g, "\n"));
  });
  return (
    <Box flexDirection="column">
      <Text dimColor>Enter sends it, Escape does not.</Text>
      <Text bold>
        To {interaction === undefined ? "?" : interactionTitle(interaction)}: {sanitizeLine(text)}▏
      </Text>
    </Box>
  );
}
