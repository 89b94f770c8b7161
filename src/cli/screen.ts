import type { Transcript } from "../index.ts";
import { connectionText } from "./connection-text.ts";
import { eventText, titleOf } from "./interaction-title.ts";
import { actionNames, bindings, chosenOf, type ScreenModel } from "./keys.ts";
import type { Tone } from "./paint.ts";
import { cut, pad, plain, widthOf, wrap } from "./plain-text.ts";

/** One line of a screen, in one tone. */
export interface ScreenLine {
  readonly text: string;
  readonly tone?: Tone;
}

/** How large a terminal is, in characters. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const newsShown = 4;
const eventsShown = 200;

/** Draws the screen: never more lines than there are rows, and none longer than a row. Pure. */
export function drawScreen(model: ScreenModel, size: ScreenSize): ScreenLine[] {
  const { columns, rows } = size;
  const connection = connectionText(model.connection);
  const top: ScreenLine[] = [
    { text: `deskstate  ${plain(model.title)}`, tone: "strong" },
    { text: `● ${connection.text}`, tone: connection.tone },
    { text: channelsText(model) },
    { text: "" },
  ];
  const bottom: ScreenLine[] = [
    rule("last outcomes", columns),
    ...model.news.slice(-newsShown).map((text): ScreenLine => ({ text: `  ${plain(text)}` })),
    ...footer(model, columns),
  ];
  const free = Math.max(0, rows - top.length - bottom.length);
  const list = listLines(model, Math.max(3, Math.floor(free * 0.45)));
  const content = contentLines(model, columns, free - list.length);
  const filling = Array.from(
    { length: Math.max(0, free - list.length - content.length) },
    (): ScreenLine => ({ text: "" }),
  );
  const lines = [...top, ...list, ...content, ...filling, ...bottom];
  // A low terminal keeps what the keys are.
  const shown =
    lines.length > rows
      ? [...lines.slice(0, Math.max(0, rows - 2)), ...lines.slice(-Math.min(2, rows))]
      : lines;
  return shown.map((line) => ({ ...line, text: cut(line.text, columns) }));
}

function channelsText({ channels, anomalies }: ScreenModel): string {
  const parts = channels.map(({ name, state, serverState, reason, pending }) => {
    const readiness =
      state === "Unknown" ? `Unknown${serverState === undefined ? "" : ` (${serverState})`}` : state;
    const lossReason = reason === null ? "" : ` (${reason})`;
    const asked = pending.length === 0 ? "" : `, ${pending.join(" and ")} asked for …`;
    return plain(`${name}: ${readiness}${lossReason}${asked}`);
  });
  return [...parts, ...(anomalies > 0 ? [`anomalies: ${anomalies}`] : [])].join("   ");
}

function listLines(model: ScreenModel, height: number): ScreenLine[] {
  const { interactions } = model;
  if (interactions.length === 0)
    return [{ text: "  Nothing is offered and nothing is yours.", tone: "quiet" }];
  const chosen = chosenOf(model);
  const index = interactions.findIndex(({ id }) => id === chosen?.id);
  const start = Math.max(0, Math.min(index - Math.floor(height / 2), interactions.length - height));
  return interactions.slice(start, start + height).map((interaction) => {
    const { label, state, outcome, isEnded, pending, actions } = interaction;
    const mark = interaction === chosen ? "▸" : " ";
    const stand = isEnded && outcome !== null && outcome !== state ? `${state}: ${outcome}` : state;
    const names = actionNames(actions);
    const possible = names.length === 0 ? "" : `  [${names.join(" ")}]`;
    const asked = pending.length === 0 ? "" : `  ${pending.join(" and ")} asked for …`;
    const text = `${mark} ${pad(label, 9)} ${pad(stand, 10)} ${cut(titleOf(interaction), 44)}${asked}${possible}`;
    const tone =
      interaction === chosen ? "chosen" : isEnded ? "quiet" : state === "Invited" ? "story" : undefined;
    return tone === undefined ? { text } : { text, tone };
  });
}

function contentLines(model: ScreenModel, columns: number, height: number): ScreenLine[] {
  const chosen = chosenOf(model);
  if (chosen === undefined || height < 3) return [];
  const head = rule(chosen.label, columns);
  if (chosen.kind === "chat") {
    const lines = chatTexts(chosen.transcript).flatMap((text) => wrap(text, columns - 2));
    if (lines.length === 0)
      return [head, { text: "  What was said is shown once it is accepted.", tone: "quiet" }];
    // What was said last matters most.
    return [head, ...lines.slice(1 - height).map((text) => ({ text: `  ${text}` }))];
  }
  const email = chosen.kind === "email" ? chosen.email : undefined;
  if (email === undefined) return [head, { text: "  There is nothing to show.", tone: "quiet" }];
  const fields = [
    ["From", email.fromAddress],
    ["To", email.toAddress],
    ["Subject", email.subject],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${plain(value)}`]));
  const text = email.text === undefined || email.text === "" ? [] : ["", ...wrap(email.text, columns - 2)];
  if (fields.length + text.length === 0)
    return [head, { text: "  Its text is shown once it is accepted.", tone: "quiet" }];
  return [head, ...[...fields, ...text].slice(0, height - 1).map((line) => ({ text: `  ${line}` }))];
}

/** The end of what was said, what is missing of it, and who is about to say something. */
function chatTexts(transcript: Transcript): string[] {
  const { events, gaps, parties } = transcript;
  return [
    ...events
      .slice(-eventsShown)
      .flatMap((event) => (event.noticeType === undefined ? (eventText(transcript, event) ?? []) : [])),
    ...gaps.map(({ from, to }) => `… events ${from} to ${to} are missing …`),
    ...parties
      .filter(({ isTyping }) => isTyping)
      .map(({ nickName }) => `${plain(nickName ?? "Somebody")} is typing …`),
  ];
}

function footer(model: ScreenModel, columns: number): ScreenLine[] {
  const { prompt } = model;
  if (prompt !== undefined) {
    const room = columns - widthOf(prompt.label) - 4;
    return [
      { text: "Enter sends it, Escape does not.", tone: "quiet" },
      { text: `${prompt.label}: ${lastOf(plain(prompt.text), room)}▏`, tone: "strong" },
    ];
  }
  // A key and what it does stay together where the line is broken.
  const keys = bindings(model).map(({ key, title }) =>
    `${keySigns[key] ?? key}\u00a0${title}`.replaceAll(" ", "\u00a0"),
  );
  const lines = wrap(keys.join("  "), columns);
  return [{ text: "" }, ...lines.map((text): ScreenLine => ({ text, tone: "strong" }))];
}

const keySigns: Readonly<Record<string, string>> = { up: "↑", down: "↓" };

function rule(title: string, columns: number): ScreenLine {
  const text = `── ${title} `;
  return { text: text + "─".repeat(Math.max(0, columns - widthOf(text))), tone: "quiet" };
}

/** The end of a text that is too long for its place. */
function lastOf(text: string, columns: number): string {
  let shown = text;
  while (widthOf(shown) > columns && shown !== "") shown = shown.slice(1);
  return shown;
}
