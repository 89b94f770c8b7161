import type { Channel, Desk, Interaction, InteractionOf } from "../../src/index.ts";
import type { AnyInteraction } from "../../src/bot/index.ts";

/** An interaction of a kind that is not in this repository: a chat under another name. */
export interface SurveyInteraction extends AnyInteraction {
  readonly kind: "survey";
  readonly actions: InteractionOf<"chat">["actions"];
}

export const surveyKind = { name: "survey", channels: ["survey"], machine: "not the bot's concern" };

/** The same desk with its chats shown as surveys. */
export function asSurveys(desk: Desk): Desk {
  const shown = new Map<string, Interaction>();
  const show = (interaction: Interaction): Interaction => {
    const known = shown.get(interaction.id) ?? renamed(interaction, ["kind", "channel"]);
    shown.set(interaction.id, known);
    return known;
  };
  return {
    ...desk,
    channel: (name) =>
      name === "survey" ? renamed<Channel>(desk.channel("chat"), ["name"]) : desk.channel(name),
    interaction: (id) => {
      const interaction = desk.interaction(id);
      return interaction && show(interaction);
    },
    interactions: {
      ...desk.interactions,
      getSnapshot: () => desk.interactions.getSnapshot().map(show),
    },
    changes: {
      subscribe: (observer) =>
        desk.changes.subscribe((change) => {
          const seen =
            change.about === "interaction" ? { ...change, interaction: show(change.interaction) } : change;
          return typeof observer === "function" ? observer(seen) : observer.next?.(seen);
        }),
    },
    start: () => desk.start({ channels: ["chat"] }),
  };
}

function renamed<Thing extends object>(thing: Thing, keys: readonly string[]): Thing {
  return new Proxy(thing, {
    get: (target, key) => (keys.includes(String(key)) ? "survey" : Reflect.get(target, key, target)),
  });
}
