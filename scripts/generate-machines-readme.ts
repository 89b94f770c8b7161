// Writes machines/README.md from the charts themselves.
import { writeFileSync } from "node:fs";
import type { AnyStateMachine, AnyStateNode } from "xstate";
import { catalogue } from "../machines/index.ts";
import { diagramOf } from "./chart-diagram.ts";
import { factsOf, judge, pairOf, pathOf, statesOf } from "./chart-table.ts";

const about: Readonly<Record<string, string>> = {
  connection: "What a desk says about its connection. One for each desk.",
  channel: "The readiness of one of the agent's channels. One for each channel.",
  email:
    "The life of an email, and of the outbound reply to one. Channels that have no chart of their own use it too.",
  chat: "The life of a chat.",
};

const introduction = `# The charts

<!-- Generated from the charts by \`npm run generate\`. Do not edit. -->

Each file here is one statechart. Charts receive facts, which tell what the server said or what became of a request,
and never wishes: nothing is so before the server says it is so. They hold no customer data.

* A **diagram** shows what changes the state. An arrow from the box "any of these" holds for each state in it.
* A **table** shows every fact in every state. **→ State** says where it leads, and *stays* that the state remains;
  the words in italics name the actions in the chart's file. The reasons for ignoring a fact are below the table. A
  test fails when a pair is neither handled nor ignored for a reason.
* An operation that is under way is kept in the context of a chart and is not a state, so that it can meet any fact.

**To look at a chart in the [Stately editor](https://stately.ai/editor)**, import the code of its file: each is one
\`setup(…).createMachine({…})\` of literal states. The same without TypeScript and imports, for tools that want no more
than that, is what this prints in a project that has deskstate installed:

\`\`\`sh
node --input-type=module -e '
  import { emailMachine } from "deskstate/machines";
  console.log("import { createMachine } from \\"xstate\\";");
  console.log("createMachine(" + JSON.stringify(emailMachine.config, null, 2) + ");");
'
\`\`\``;

function chapterOf(machine: AnyStateMachine): string {
  const states = statesOf(machine);
  const { id } = machine;
  if (about[id] === undefined) throw new Error(`Nothing is said about the chart "${id}".`);
  return [
    `## ${id[0]?.toUpperCase()}${id.slice(1)}`,
    `${about[id]} Chart: [\`${machine.id}.machine.ts\`](${machine.id}.machine.ts).`,
    `\`\`\`mermaid\n${diagramOf(machine)}\n\`\`\``,
    table(
      ["state", "means"],
      states.map((state) => [pathOf(state), state.description ?? ""]),
    ),
    pairsOf(machine),
  ].join("\n\n");
}

/** What every fact does in every state, and the reasons for those that do nothing. */
function pairsOf(machine: AnyStateMachine): string {
  const columns = Object.values(machine.root.states as Record<string, AnyStateNode>).flatMap(columnsOf);
  const reasons: string[] = [];
  const cell = (state: AnyStateNode, fact: string) => {
    const pair = pairOf(state, fact);
    if (pair === undefined || judge(pair) === "forgotten") {
      throw new Error(`The ${machine.id} chart does not say what ${fact} does in ${pathOf(state)}.`);
    }
    const { target, effects, reason } = pair;
    if (judge(pair) === "handled") {
      const leadsTo = target === undefined ? "stays" : `**→ ${target}**`;
      return [leadsTo, ...effects.map((effect) => `*${effect}*`)].join(" ");
    }
    if (!reasons.includes(reason)) reasons.push(reason);
    return `ignored (${reasons.indexOf(reason) + 1})`;
  };
  const rows = factsOf(machine).map((fact) => [fact, ...columns.map((state) => cell(state, fact))]);
  const ignored = reasons.map((reason, index) => `${index + 1}. ${reason}`);
  return [
    table(["fact", ...columns.map(pathOf)], rows),
    ...(ignored.length === 0 ? [] : ["Ignored, because:", ignored.join("\n")]),
  ].join("\n\n");
}

/** States inside a state share its column as long as none of them decides anything by itself. */
function columnsOf(state: AnyStateNode): AnyStateNode[] {
  const inner = Object.values(state.states as Record<string, AnyStateNode>);
  return inner.every((child) => child.transitions.size === 0) ? [state] : inner.flatMap(columnsOf);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const readme = [introduction, ...catalogue.map(chapterOf)].join("\n\n");
writeFileSync(new URL("../machines/README.md", import.meta.url), `${readme}\n`);
