// @vitest-environment happy-dom
import { defineComponent, effectScope, h, KeepAlive, nextTick, ref } from "vue";
import { expect, test } from "vitest";
import {
  useAnomalies,
  useChannel,
  useConnection,
  useDeskSelector,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/vue";
import { email, handDesk } from "../desk/hand-desk.ts";
import { countListeners } from "../desk/counted-desk.ts";
import { expectSilence, show } from "./view.ts";

expectSilence();

/** Calls each composable once. */
const Everything = defineComponent({
  props: { id: { type: String, required: true } },
  setup(props) {
    const read = [
      useConnection(),
      useChannel("chat"),
      useInteraction(
        () => props.id,
        (found) => found?.state,
      ),
      useInteractions(),
      useInvitations(),
      useEnded(),
      useAnomalies(),
      useDeskSelector((desk) => desk.connection.state),
    ];
    return () => read.map(({ value }) => typeof value).join();
  },
});

const eachOnce = (id: string) => ({
  connection: 1,
  chat: 1,
  [id]: 1,
  interactions: 1,
  invitations: 1,
  ended: 2,
  anomalies: 2,
  channels: 1,
  changes: 1,
});

// The selector over the whole desk subscribes to each of its parts.
test("each composable subscribes once, and unsubscribes when the component is unmounted", async () => {
  const { desk, listening } = countListeners((await handDesk()).desk);
  const isShown = ref(true);
  const id = ref("A");
  const { text, unmount } = show({ render: () => isShown.value && h(Everything, { id: id.value }) }, desk);
  expect(listening()).toEqual(eachOnce("A"));
  id.value = "B";
  await text();
  expect(listening()).toEqual(eachOnce("B"));
  isShown.value = false;
  await text();
  expect(listening()).toEqual({});
  isShown.value = true;
  await text();
  expect(listening()).toEqual(eachOnce("B"));
  unmount();
  expect(listening()).toEqual({});
});

test("a component that remounts a thousand times leaves no listener", async () => {
  const { desk, listening } = countListeners((await handDesk()).desk);
  const round = ref(0);
  const { text } = show({ render: () => h(Everything, { key: round.value, id: "A" }) }, desk);
  for (let count = 0; count < 1000; count++) {
    round.value++;
    await nextTick();
  }
  expect(listening()).toEqual(eachOnce("A"));
  expect(await text()).toContain("object");
});

test("a composable in an effect scope of the application unsubscribes when the scope stops", async () => {
  const { desk, listening } = countListeners((await handDesk()).desk);
  const scope = effectScope(true);
  const Store = defineComponent({
    setup() {
      scope.run(() => useConnection());
      return () => null;
    },
  });
  const { unmount } = show(Store, desk);
  unmount();
  expect(listening()).toEqual({ connection: 1 });
  scope.stop();
  expect(listening()).toEqual({});
});

test("a kept-alive component is up to date when it is shown again, and unsubscribes when it is unmounted", async () => {
  const { notify, desk: watched } = await handDesk();
  const { desk, listening } = countListeners(watched);
  notify(email("E", "Invited"));
  const Email = defineComponent({
    name: "Email",
    setup() {
      const interaction = useInteraction("E");
      return () => interaction.value?.state ?? "none";
    },
  });
  const Other = defineComponent({ name: "Other", render: () => "other" });
  const current = ref("Email");
  const { text, unmount } = show(
    { render: () => h(KeepAlive, () => h(current.value === "Email" ? Email : Other)) },
    desk,
  );
  expect(await text()).toBe("Invited");
  current.value = "Other";
  expect(await text()).toBe("other");
  notify(email("E", "Accepted"));
  current.value = "Email";
  expect(await text()).toBe("Accepted");
  expect(listening()).toEqual({ E: 1 });
  current.value = "Other";
  await text();
  unmount();
  expect(listening()).toEqual({});
});
