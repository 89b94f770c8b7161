// Writes machines/README.md and the drawings of the demo, both from the charts themselves.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { AnyStateMachine, AnyStateNode } from "xstate";
import { catalogue } from "../machines/index.ts";
import { diagramOf } from "./charts/diagram.ts";
import { graphOf } from "./charts/graph.ts";
import { layOut } from "./charts/layout.ts";
import { svgOf } from "./charts/svg.ts";
import { factsOf, judge, pairOf, pathOf, statesOf } from "./charts/table.ts";

const about: Readonly<Record<string, string>> = {
  connection: "The connection of a desk. One for each desk.",
  channel: "The readiness of one of the agent's channels. One for each channel.",
  email:
    "The life of an email, and of the outbound reply to one. Channels that have no chart of their own use it too.",
  chat: "The life of a chat.",
};

const introduction = `# The charts

<!-- Generated from the charts by \`npm run generate\`. Do not edit. -->

Each file here is one statechart. Charts receive facts: notifications of the server, and the results of requests. They
never receive requests, so a state changes only when the server reports it. They hold no customer data.

* A **diagram** shows the facts that change the state. An arrow from the box "any of these" holds for each state in it.
* A **table** shows every fact in every state. **→ State** is the next state, and *stays* means that the state remains.
  The words in italics name the actions in the chart's file. The reasons for ignoring a fact are below the table. A
  test fails when a pair is neither handled nor ignored for a reason.
* A pending operation is kept in the context of a chart. It is not a state, because it can meet any fact.

**To look at a chart in the [Stately editor](https://stately.ai/editor)**, import the code of its file: each is one
\`setup(…).createMachine({…})\` of literal states. In a project that has deskstate installed, this prints the same without
TypeScript and imports:

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
  if (about[id] === undefined) throw new Error(`The chart "${id}" has no description in this script.`);
  return [
    `## ${id[0]?.toUpperCase()}${id.slice(1)}`,
    `${about[id]} Chart: [\`${machine.id}.machine.ts\`](${machine.id}.machine.ts).`,
    `\`\`\`mermaid\n${diagramOf(graphOf(machine))}\n\`\`\``,
    table(
      ["state", "means"],
      states.map((state) => [pathOf(state), state.description ?? ""]),
    ),
    pairsOf(machine),
  ].join("\n\n");
}

/** Returns the table of every fact in every state, and the reasons for those that are ignored. */
function pairsOf(machine: AnyStateMachine): string {
  const columns = Object.values(machine.root.states as Record<string, AnyStateNode>).flatMap(columnsOf);
  const reasons: string[] = [];
  const cell = (state: AnyStateNode, fact: string) => {
    const pair = pairOf(state, fact);
    if (pair === undefined || judge(pair) === "forgotten") {
      throw new Error(`The ${machine.id} chart does not define what ${fact} does in ${pathOf(state)}.`);
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

/** Returns the states that get a column. States inside another share its column unless they have transitions. */
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

const drawings = new URL("../demo/chart/generated/", import.meta.url);
rmSync(drawings, { recursive: true, force: true });
mkdirSync(drawings);
for (const machine of catalogue) {
  writeFileSync(new URL(`${machine.id}.svg`, drawings), svgOf(await layOut(graphOf(machine))));
}
