// @vitest-environment happy-dom
import { defineComponent, h, isProxy, ref, shallowRef, type PropType } from "vue";
import { expect, test } from "vitest";
import type { Interaction } from "deskstate";
import { useConnection, useDesk, useInteraction, useInteractions } from "deskstate/vue";
import { chat, email, handDesk, joined, transcript } from "../desk/hand-desk.ts";
import { expectSilence, show } from "./view.ts";

expectSilence();

/** Reads public and private members of a handle. */
function useUp(interaction: Interaction): string {
  const { id, state, actor } = interaction;
  const parties = interaction.kind === "chat" ? interaction.transcript.parties.length : 0;
  return [id, state, actor.getSnapshot().value, interaction.can("Accept").allowed, parties].join(" ");
}

test("handles of a list work in templates and as properties, and are the handles of the desk", async () => {
  const { desk, notify } = await handDesk();
  notify(email("E", "Invited"), chat("C", "Accepted", transcript(2, ...joined)));
  const Row = defineComponent({
    props: { interaction: { type: Object as PropType<Interaction>, required: true } },
    setup: (props) => () => {
      expect(props.interaction).toBe(desk.interaction(props.interaction.id));
      return h("li", useUp(props.interaction));
    },
  });
  const List = defineComponent({
    components: { Row },
    setup: () => ({ interactions: useInteractions(), first: useInteractions(([first]) => first), useUp }),
    template: `<Row v-for="one in interactions" :key="one.id" :interaction="one" /> first {{ useUp(first) }}`,
  });
  const { text } = show(List, desk);
  expect(await text()).toBe(
    "E Invited Invited true 0C Accepted Accepted false 2 first E Invited Invited true 0",
  );
});

test("a snapshot is never made reactive", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("C", "Accepted", transcript(2, ...joined)));
  // Vue makes the value of a reference reactive at every level, except values that are marked.
  const kept = ref({});
  const Reading = defineComponent({
    setup() {
      kept.value = {
        connection: useConnection().value,
        chat: useInteraction("C").value,
        interactions: useInteractions().value,
        desk: useDesk(),
      };
      return () => null;
    },
  });
  show(Reading, desk);
  expect(Object.values(kept.value).map(isProxy)).toEqual([false, false, false, false]);
  expect(kept.value).toEqual({
    connection: desk.connection.getSnapshot(),
    chat: desk.interaction("C")?.getSnapshot(),
    interactions: desk.interactions.getSnapshot(),
    desk,
  });
});

test("a handle can be kept in a shallow reference", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("C", "Accepted", transcript(2, ...joined)));
  const kept = shallowRef(desk.interaction("C")!);
  expect(kept.value).toBe(desk.interaction("C"));
  expect(useUp(kept.value)).toBe("C Accepted Accepted false 2");
});
