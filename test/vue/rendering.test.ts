// @vitest-environment happy-dom
import { defineComponent, h, type VNodeChild } from "vue";
import { expect, test } from "vitest";
import { useChannel, useConnection, useInteraction, useInteractions, useInvitations } from "deskstate/vue";
import { beginning, crowd, type Crowd } from "../cost/crowd.ts";
import { chat } from "../desk/hand-desk.ts";
import { expectSilence, show } from "./view.ts";

expectSilence();

/** Mounts a page of several components, and counts their renders since the last call. */
function showAll({ desk }: Crowd) {
  let renders: Record<string, number> = {};
  const counted = (name: string, render: () => VNodeChild) => () => {
    renders[name] = (renders[name] ?? 0) + 1;
    return render();
  };
  const Row = defineComponent({
    props: { id: { type: String, required: true } },
    setup(props) {
      const interaction = useInteraction(() => props.id);
      return counted(props.id, () => h("li", `${props.id} ${interaction.value?.state}`));
    },
  });
  const State = defineComponent({
    props: { id: { type: String, required: true } },
    setup(props) {
      const state = useInteraction(
        () => props.id,
        (found) => found?.state,
      );
      return counted(`state of ${props.id}`, () => state.value);
    },
  });
  const List = defineComponent({
    setup() {
      const interactions = useInteractions();
      return counted("interactions", () =>
        h(
          "ul",
          interactions.value.map(({ id }) => [
            h(Row, { key: id, id }),
            h(State, { key: `state of ${id}`, id }),
          ]),
        ),
      );
    },
  });
  const one = (name: string, use: () => { readonly value: unknown }) =>
    defineComponent({
      setup() {
        const read = use();
        return counted(name, () => `${typeof read.value}`);
      },
    });
  const parts = [
    List,
    one("connection", useConnection),
    one("connection state", () => useConnection(({ state }) => state)),
    one("channel", () => useChannel("chat")),
    one("invitations", useInvitations),
    one("how many", () => useInteractions((list) => list.length)),
  ];
  const view = show({ render: () => parts.map((part) => h(part)) }, desk);
  return {
    ...view,
    rendered: async () => {
      await view.text();
      const rendered = renders;
      renders = {};
      return rendered;
    },
  };
}

test("with 1,000 rows, only the row that a message is about re-renders", async () => {
  const desk = await crowd(1000);
  const { rendered, root } = showAll(desk);
  const first = await rendered();
  expect(root.querySelectorAll("li")).toHaveLength(1000);
  expect(Object.values(first).every((times) => times === 1)).toBe(true);
  desk.notify(desk.update("chat500", 4));
  expect(await rendered()).toEqual({ chat500: 1 });
  desk.notify(desk.update("chat7", 4), desk.update("chat7", 5), desk.update("chat8", 4));
  expect(await rendered()).toEqual({ chat7: 1, chat8: 1 });
});

test("a message that changes nothing re-renders nothing", async () => {
  const desk = await crowd(1000);
  desk.notify(desk.update("chat3", 6));
  const { rendered } = showAll(desk);
  await rendered();
  desk.notify(desk.update("chat3", 6), desk.update("chat3", 5), ...beginning("chat3"));
  expect(await rendered()).toEqual({});
});

test("an interaction that is offered, accepted and ended re-renders its lists, and no other row", async () => {
  const desk = await crowd(1000);
  const { rendered } = showAll(desk);
  await rendered();
  const [offer, acceptance] = beginning("new");
  desk.notify(offer!);
  const lists = { interactions: 1, "how many": 1 };
  expect(await rendered()).toEqual({ ...lists, invitations: 1, new: 1, "state of new": 1 });
  desk.notify(acceptance!);
  expect(await rendered()).toEqual({ invitations: 1, new: 1, "state of new": 1 });
  desk.notify(chat("new", "Completed"));
  // Its row is unmounted before it would re-render.
  expect(await rendered()).toEqual(lists);
});

test("a lost connection re-renders components that read actions, and no others", async () => {
  const desk = await crowd(3);
  const { rendered } = showAll(desk);
  await rendered();
  desk.loseLink();
  const acting = { connection: 1, "connection state": 1, channel: 1 };
  expect(await rendered()).toEqual({ ...acting, chat0: 1, chat1: 1, chat2: 1 });
  desk.loseLink();
  const again = await rendered();
  expect(again["connection state"]).toBeUndefined();
});
