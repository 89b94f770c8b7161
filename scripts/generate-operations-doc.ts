// Writes docs/operations.md from the table of the dialect.
import { writeFileSync } from "node:fs";
import { gws851 } from "deskstate/gws";
import { format } from "prettier";
import { assumptions } from "../src/dialects/gws-8.5.1/assumptions.ts";
import type { OperationRule } from "../src/domain/operation.ts";
import type { EvidenceOf } from "../src/kinds/kind.ts";
import type { StandardKinds } from "../src/kinds/standard-kinds.ts";

type Confirmation = OperationRule["confirmedBy"];

const confirmations: Record<Exclude<Confirmation["by"], "state" | "data">, string> = {
  answer: "the HTTP answer; nothing follows",
  ending: "the end of the interaction",
  creation: "the outbound email that it created",
  withdrawal: "the capability is withdrawn, or the interaction ends",
};

const evidence: Record<EvidenceOf<StandardKinds[number]>, string> = {
  "user-data": "user data that holds what was asked for",
  echo: "the text in the transcript, from a party other than the customer",
  transcript: "a message with the transcript",
  party: "another agent in the transcript",
};

function wordsOf(confirmation: Confirmation): string {
  if (confirmation.by === "state") return `the state \`${confirmation.state}\``;
  if (confirmation.by !== "data") return confirmations[confirmation.by];
  return evidence[confirmation.shows as keyof typeof evidence];
}

function parameters(rule: OperationRule): string {
  const marks = { required: "", optional: "?", one: " (one of)" };
  const names = Object.entries(rule.parameters).map(([name, { kind, presence }]) => {
    const words = typeof kind === "string" ? "" : `: ${kind.join(" or ")}`;
    return `\`${name}\`${marks[presence]}${words}`;
  });
  return names.join(", ") || "–";
}

function row(rule: OperationRule, channel: string): string {
  const excluded = rule.excludes === "all" ? "all" : rule.excludes.join(", ") || "–";
  return [
    `\`${rule.operation}\``,
    rule.capability === null ? "–" : `\`${rule.capability}\``,
    `\`${rule.operationName}\``,
    parameters(rule),
    wordsOf(rule.confirmedBy),
    rule.endsAs === null ? "–" : `\`${rule.endsAs}\``,
    excluded,
    rule.isRepeatable ? "yes" : "no",
    assumptions[channel]?.[rule.operation] ?? "–",
  ].join(" | ");
}

function table(title: string, channel: string, rules: Iterable<OperationRule> = []): string {
  return [
    `## ${title}`,
    "",
    "| operation | capability | operationName | parameters | confirmed by | ends as | excludes | repeatable | assumed |",
    "|---|---|---|---|---|---|---|---|---|",
    ...Array.from(rules, (rule) => `| ${row(rule, channel)} |`),
    "",
  ].join("\n");
}

const text = `# Operations of a ${gws851.name} server

Written by \`npm run generate\` from \`operations.ts\` and \`assumptions.ts\` in \`src/dialects/gws-8.5.1\`.

An operation can be performed while the server grants its capability, the connection is Live, and neither it nor one that
excludes it is pending. HTTP 200 only means that the server passed it on; it is \`Done\` when it is **confirmed**. It is
sent again without a new call only if it is **repeatable** and its answer was lost. The last column lists what the server's
documents leave open and how it was filled in. Change that line where a real server differs.

${Array.from(gws851.rules.interaction, ([kind, rules]) => table(`On an interaction of kind \`${kind}\``, kind, rules.values())).join("\n")}
${table("On a channel", "channel", gws851.rules.channel.values())}
\`NotReady\` with a \`reason\` sends the reason as the operationName: it is the name of a custom agent state.
`;

writeFileSync(
  new URL("../docs/operations.md", import.meta.url),
  await format(text, { parser: "markdown", printWidth: 110 }),
);
