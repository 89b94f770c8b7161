import { expect, test } from "vitest";
import {
  recordedBatch,
  recordedInteraction,
  recordedNames,
  type Fields,
  type RecordedName,
} from "../recorded/read.ts";
import { documentAfter, recordedDesk } from "./recorded-desk.ts";

const renamed = { type: "interactionType", subType: "interactionSubType" };

/** Each recorded message in the shape that it was not recorded in. */
function otherShape(name: RecordedName): Fields {
  const { data, ...envelope } = recordedBatch(name)[0]! as { data: Fields };
  const { messageType, interaction } = data;
  if (interaction !== undefined)
    return { ...envelope, data: { ...flat(interaction as Fields), messageType } };
  const { messageType: _, ...fields } = data;
  return { ...envelope, data: { interaction: nested(fields), messageType } };
}

function flat(fields: Fields): Fields {
  const { content, ...others } = rename(fields, Object.entries(renamed));
  if (content === undefined) return others;
  return { ...others, [fields["channel"] === "email" ? "email_object" : "content"]: content };
}

function nested(fields: Fields): Fields {
  const { email_object: content, ...others } = rename(
    fields,
    Object.entries(renamed).map(([nestedName, flatName]) => [flatName, nestedName]),
  );
  return content === undefined ? others : { ...others, content };
}

function rename(fields: Fields, names: readonly (readonly string[])[]): Fields {
  const to = new Map(names as [string, string][]);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [to.get(name) ?? name, value]));
}

test("the converter changes the shape of every recorded message", () => {
  for (const name of recordedNames) {
    const isNested = "interaction" in (recordedBatch(name)[0]!["data"] as Fields);
    const data = otherShape(name)["data"] as Fields;
    expect("interaction" in data).toBe(!isNested);
    expect(data).not.toEqual(recordedBatch(name)[0]!["data"]);
  }
});

test.each(recordedNames)("%s has the same meaning in the other shape", (name) => {
  expect(documentAfter([[otherShape(name)]])).toEqual(documentAfter([recordedBatch(name)]));
});

test("all recorded messages, each in the other shape, lead to the same desk", () => {
  const converted = recordedNames.map((name) => [otherShape(name)]);
  expect(documentAfter(converted)).toEqual(documentAfter(recordedNames.map(recordedBatch)));
});

const states = ["Invited", "Accepted", "Revoked", "PropertiesChanged"];
const everyKind = ["email", "chat"].flatMap((channel) =>
  states.flatMap((state) => ["nested", "flat"].map((shape) => ({ channel, state, shape }))),
);

test.each(everyKind)(
  "an interaction is read in the shape $shape: $channel $state",
  ({ channel, state, shape }) => {
    const base = recordedInteraction(channel === "chat" ? "chat-accepted" : "email-accepted");
    const fields = { ...base, state };
    const messageType = "InteractionStateMessage";
    const data =
      shape === "nested" ? { interaction: nested(fields), messageType } : { ...flat(fields), messageType };
    const { desk, link } = recordedDesk();
    link.deliver([{ channel: "/v2/me/interactions", data }]);

    expect(desk.anomalies.getSnapshot()).toEqual([]);
    const interaction = desk.interaction(base["id"] as string);
    expect(interaction).toMatchObject({
      channel,
      state: state === "PropertiesChanged" ? "Unknown" : state,
      direction: "Inbound",
      subType: "InboundNew",
      currentQueue: base["currentQueue"],
      startDate: base["startDate"],
      threadId: base["threadId"],
      capabilities: state === "Revoked" ? [] : base["capabilities"],
    });
    expect({ ...interaction?.userData }).toEqual(base["userData"]);
    expect({ ...interaction?.inQueues }).toEqual(base["inQueues"]);
    const content =
      interaction?.kind === "chat"
        ? { latestEventId: 3, sessionId: interaction.id, events: interaction.transcript.events }
        : { ...(interaction?.kind === "email" ? interaction.email : {}) };
    expect(content).toEqual(base["content"]);
  },
);
