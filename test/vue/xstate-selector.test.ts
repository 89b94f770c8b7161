// @vitest-environment happy-dom
import { useSelector } from "@xstate/vue";
import { createApp, defineComponent, shallowRef, type VNodeChild } from "vue";
import { expect, test } from "vitest";
import type { Interaction } from "deskstate";
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";
import { drawn, expectSilence } from "./view.ts";

expectSilence();

/** Mounts a component with this setup function and without a desk. */
function show(setup: () => () => VNodeChild) {
  const root = document.createElement("div");
  const app = createApp(defineComponent({ setup }));
  app.mount(root);
  return { text: () => drawn(root), unmount: () => app.unmount() };
}

test("useSelector of XState reads the connection, a channel, the lists and the anomalies", async () => {
  const { desk, notify, loseLink } = await handDesk();
  const { text } = show(() => {
    const read = [
      useSelector(desk.connection, ({ state }) => state),
      useSelector(desk.channel("chat"), ({ name }) => name),
      useSelector(desk.invitations, (list) => list.length),
      useSelector(desk.interactions, (list) => list.length),
      useSelector(desk.ended, (list) => list.length),
      useSelector(desk.anomalies, (list) => list.length),
      useSelector(desk.watch("E"), (email) => email?.state),
    ];
    return () => read.map(({ value }) => value).join();
  });
  expect(await text()).toBe("Live,chat,0,0,0,0,");
  notify(email("E", "Invited"), chat("C", "Accepted"), chat("C", "Completed"));
  expect(await text()).toBe("Live,chat,1,1,1,0,Invited");
  loseLink();
  notify(chat("C", "Accepted"));
  expect(await text()).toBe("Recovering,chat,1,1,1,1,Invited");
});

test("useSelector of XState reads an interaction, and re-renders only when the selected value changes", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("C", "Accepted", transcript(3, ...joined, said(3, "c", "Hello"))));
  const interaction = desk.interaction("C")!;
  let renders = 0;
  const { text, unmount } = show(() => {
    const state = useSelector(interaction, (snapshot) => snapshot.state);
    return () => {
      renders++;
      return state.value;
    };
  });
  expect(await text()).toBe("Accepted");
  notify(chat("C", "PropertiesChanged", transcript(4, said(4, "c", "Still there?"))));
  expect([await text(), renders]).toEqual(["Accepted", 1]);
  notify(chat("C", "Completed"));
  expect([await text(), renders]).toEqual(["Completed", 2]);
  unmount();
});

test("useSelector of XState follows a reference that changes to another interaction", async () => {
  const { desk, notify } = await handDesk();
  notify(email("A", "Invited"), email("B", "Accepted"));
  const current = shallowRef<Interaction | undefined>(desk.interaction("A"));
  const { text } = show(() => {
    const state = useSelector(current, (snapshot) => snapshot?.state);
    return () => state.value;
  });
  expect(await text()).toBe("Invited");
  current.value = desk.interaction("B");
  expect(await text()).toBe("Accepted");
  current.value = undefined;
  expect(await text()).toBe("");
});
