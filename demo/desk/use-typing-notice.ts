import type { SnapshotOf } from "deskstate";
import { useEffect, useRef } from "react";

const stopsAfter = 4_000;

/** Tells the customer that the agent types, and that he stopped. It goes by what was typed, not by who looks. */
export function useTypingNotice(chat: SnapshotOf<"chat">): {
  readonly typed: (text: string) => void;
  /** The text was sent, which ends typing by itself. */
  readonly sent: () => void;
} {
  const latest = useRef(chat);
  const isTyping = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = chat;
  });

  const notice = (noticeType: "TypingStarted" | "TypingStopped") => {
    const sending = latest.current.actions.SendNotification?.({ noticeType });
    if (sending !== undefined) isTyping.current = noticeType === "TypingStarted";
  };
  const stop = () => {
    clearTimeout(timer.current);
    if (isTyping.current) notice("TypingStopped");
  };
  const stopLast = useRef(stop);
  useEffect(() => {
    stopLast.current = stop;
  });
  useEffect(() => () => stopLast.current(), []);

  return {
    typed: (text) => {
      if (text.trim() === "") return stop();
      if (!isTyping.current) notice("TypingStarted");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => stopLast.current(), stopsAfter);
    },
    sent: () => {
      clearTimeout(timer.current);
      isTyping.current = false;
    },
  };
}
