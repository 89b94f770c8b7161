// @vitest-environment happy-dom
import {
  createApp,
  defineComponent,
  effectScope,
  h,
  nextTick,
  ref,
  shallowRef,
  type Ref,
  type VNodeChild,
} from "vue";
import { expect, test, vi } from "vitest";
import { DeskError, type ConnectionSnapshot, type Desk } from "deskstate";
import {
  deskPlugin,
  provideDesk,
  useAnomalies,
  useChannel,
  useConnection,
  useDesk,
  useDeskSelector,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/vue";
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";
import { expectSilence, show, type View } from "./view.ts";

expectSilence();

/** Mounts a component with this setup function. */
const view = (desk: Desk, setup: () => () => VNodeChild): View => show(defineComponent({ setup }), desk);

function readiness(channel: string, state: string, reason?: string): object {
  const data = { channels: [{ channel, userState: { state, reason } }] };
  return { channel: "/v2/me/channels", data };
}

test("useDesk returns the provided desk", async () => {
  const { desk } = await handDesk();
  const used: Desk[] = [];
  view(desk, () => {
    used.push(useDesk());
    return () => null;
  });
  expect(used[0]).toBe(desk);
});

test("useConnection shows the present state and each change", async () => {
  const { desk, loseLink, regainLink } = await handDesk();
  const { text, root } = view(desk, () => {
    const connection = useConnection();
    return () => `${connection.value.state} ${connection.value.lossReason}`;
  });
  expect(root.textContent).toBe("Live null");
  loseLink();
  expect(await text()).toBe("Recovering network");
  await regainLink();
  expect(await text()).toBe("Live null");
});

test("useChannel shows readiness and actions, and follows its name", async () => {
  const { desk, deliver, asked } = await handDesk();
  const name = ref("email");
  const { text } = view(desk, () => {
    const channel = useChannel(name);
    return () => `${channel.value.name} ${channel.value.state} ${Object.keys(channel.value.actions).join()}`;
  });
  expect(await text()).toBe("email Unknown Ready,NotReady");
  deliver(readiness("email", "Ready"));
  expect(await text()).toBe("email Ready NotReady");
  name.value = "chat";
  expect(await text()).toBe("chat Unknown Ready,NotReady");
  deliver(readiness("email", "NotReady"));
  deliver(readiness("chat", "NotReady", "OutToLunch"));
  expect(await text()).toBe("chat NotReady Ready,NotReady");
  expect(asked).toEqual([]);
});

test("useInteraction shows an interaction from its offer until it is dismissed", async () => {
  const { desk, notify } = await handDesk();
  const { text } = view(desk, () => {
    const interaction = useInteraction("E");
    return () => {
      const { state, isEnded, actions } = interaction.value ?? { state: "none", actions: {} };
      return [state, isEnded ? "ended" : "", "Accept" in actions ? "may be accepted" : ""].join(" ").trim();
    };
  });
  expect(await text()).toBe("none");
  notify(email("E", "Invited"));
  expect(await text()).toBe("Invited  may be accepted");
  notify(email("E", "Accepted"));
  expect(await text()).toBe("Accepted");
  notify(email("E", "Completed"));
  expect(await text()).toBe("Completed ended");
  desk.interaction("E")?.dismiss();
  expect(await text()).toBe("none");
});

test("an action performs its operation, and does not exist while that is pending", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("E", "Invited"));
  const { text, root } = view(desk, () => {
    const interaction = useInteraction("E");
    return () => {
      const { Accept } = interaction.value?.actions ?? {};
      return Accept === undefined ? "no action" : h("button", { onClick: () => Accept() }, "Accept");
    };
  });
  root.querySelector("button")?.click();
  expect(asked.map(({ operation }) => operation)).toEqual(["Accept"]);
  expect(await text()).toBe("no action");
});

test("when its id changes, useInteraction shows the other interaction immediately, and follows only that", async () => {
  const { desk, notify } = await handDesk();
  notify(email("A", "Invited"), email("B", "Accepted"));
  const id = ref("A");
  const app = createApp({ render: () => null }).use(deskPlugin, desk);
  const interaction = effectScope().run(() => app.runWithContext(() => useInteraction(id)));
  expect(interaction?.value?.state).toBe("Invited");
  id.value = "B";
  expect(interaction?.value).toMatchObject({ id: "B", state: "Accepted" });
  const before = interaction?.value;
  notify(email("A", "Accepted"));
  expect(interaction?.value).toBe(before);
  id.value = "C";
  expect(interaction?.value).toBeUndefined();
  notify(email("C", "Invited"));
  expect(interaction?.value?.state).toBe("Invited");
});

test("the id may be a property", async () => {
  const { desk, notify } = await handDesk();
  notify(email("A", "Invited"), email("B", "Accepted"));
  const Row = defineComponent({
    props: { id: { type: String, required: true } },
    setup(props) {
      const interaction = useInteraction(() => props.id);
      return () => `${props.id} ${interaction.value?.state}`;
    },
  });
  const id = ref("A");
  const { text } = view(desk, () => () => h(Row, { id: id.value }));
  expect(await text()).toBe("A Invited");
  id.value = "B";
  expect(await text()).toBe("B Accepted");
});

test("the lists show the interactions that are offered and live", async () => {
  const { desk, notify } = await handDesk();
  const { text } = view(desk, () => {
    const invitations = useInvitations();
    const interactions = useInteractions();
    const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join("");
    return () => `${ids(invitations.value)} of ${ids(interactions.value)}`;
  });
  expect(await text()).toBe(" of ");
  notify(email("A", "Invited"), chat("B", "Invited"));
  expect(await text()).toBe("AB of AB");
  notify(email("A", "Accepted"));
  expect(await text()).toBe("B of AB");
  notify(chat("B", "Revoked"));
  expect(await text()).toBe(" of A");
});

test("useEnded shows an ended interaction until it is dismissed, and useAnomalies shows anomalies", async () => {
  const { desk, notify } = await handDesk();
  const { text } = view(desk, () => {
    const ended = useEnded();
    const anomalies = useAnomalies();
    return () =>
      `${ended.value.map(({ id }) => id).join()} ended, ${anomalies.value.map(({ code }) => code).join()}`;
  });
  expect(await text()).toBe(" ended, ");
  notify(email("E", "Accepted"), email("E", "Completed"));
  expect(await text()).toBe("E ended, ");
  notify(email("E", "Completed"));
  expect(await text()).toBe("E ended, late-fact");
  desk.interaction("E")?.dismiss();
  expect(await text()).toBe(" ended, late-fact");
});

test("useDeskSelector runs after changes of every part of the desk", async () => {
  const { desk, notify, deliver, loseLink } = await handDesk();
  const { text } = view(desk, () => {
    const all = useDeskSelector(({ connection, channels, interactions, ended, anomalies }) =>
      [
        connection.state,
        channels.getSnapshot().length,
        interactions.getSnapshot().length,
        ended.getSnapshot().length,
        anomalies.getSnapshot().length,
      ].join(),
    );
    return () => all.value;
  });
  expect(await text()).toBe("Live,2,0,0,0");
  deliver(readiness("fax", "Ready"));
  notify(email("E", "Accepted"));
  expect(await text()).toBe("Live,3,1,0,0");
  notify(email("E", "Completed"));
  expect(await text()).toBe("Live,3,0,1,0");
  desk.interaction("E")?.dismiss();
  expect(await text()).toBe("Live,3,0,0,0");
  notify(email("E", "Completed"));
  expect(await text()).toBe("Live,3,0,0,1");
  loseLink();
  expect(await text()).toBe("Recovering,3,0,0,1");
});

test("each composable accepts a selector", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("C", "Accepted", transcript(3, ...joined, said(3, "c", "Hello"))));
  const { text } = view(desk, () => {
    const read = [
      useConnection(({ state }) => state),
      useChannel("chat", ({ name }) => name),
      useInteraction("C", (found) =>
        found?.kind === "chat" ? found.transcript.events.at(-1)?.text : undefined,
      ),
      useInteractions((list) => list.length),
      useInvitations((list) => list.length),
      useDeskSelector(
        ({ interactions }) => interactions.getSnapshot().filter(({ state }) => state === "Left").length,
      ),
    ];
    return () => read.map(({ value }) => value).join();
  });
  expect(await text()).toBe("Live,chat,Hello,1,0,0");
  notify(chat("C", "PropertiesChanged", transcript(4, said(4, "c", "Still there?"))), email("E", "Invited"));
  expect(await text()).toBe("Live,chat,Still there?,2,1,0");
});

test("useDeskSelector runs after a change of one interaction, which no list shows", async () => {
  const { desk, notify } = await handDesk();
  notify(email("A", "Accepted"), email("B", "Accepted"));
  const { text } = view(desk, () => {
    const waiting = useDeskSelector(
      (all) => all.interactions.getSnapshot().filter(({ userData }) => userData["Waiting"] === "yes").length,
    );
    return () => waiting.value;
  });
  expect(await text()).toBe("0");
  notify(email("B", "PropertiesChanged", { userData: { Waiting: "yes" } }));
  expect(await text()).toBe("1");
});

test("a selector follows the references that it reads", async () => {
  const { desk, notify } = await handDesk();
  notify(email("E", "Accepted", { userData: { Subject: "A puncture", City: "Delft" } }));
  const key = shallowRef("Subject");
  const { text } = view(desk, () => {
    const value = useInteraction("E", (found) => found?.userData[key.value]);
    return () => value.value;
  });
  expect(await text()).toBe("A puncture");
  key.value = "City";
  expect(await text()).toBe("Delft");
});

test("a value that is equal to the previous one keeps its reference", async () => {
  const { desk, notify } = await handDesk();
  const isEqual = vi.fn((before: readonly string[], now: readonly string[]) => before.join() === now.join());
  const seen: (readonly string[])[] = [];
  const { text } = view(desk, () => {
    const channels = useInteractions((list) => [...new Set(list.map(({ channel }) => channel))], isEqual);
    return () => {
      seen.push(channels.value);
      return channels.value.join();
    };
  });
  notify(email("A", "Invited"));
  expect(await text()).toBe("email");
  notify(email("B", "Invited"));
  expect(await text()).toBe("email");
  notify(chat("C", "Invited"));
  expect(await text()).toBe("email,chat");
  expect(seen).toEqual([[], ["email"], ["email", "chat"]]);
  expect(isEqual).toHaveBeenCalledWith(["email"], ["email"]);
});

test("a reference keeps its last value after the component is unmounted", async () => {
  const { desk, loseLink } = await handDesk();
  let connection: Ref<ConnectionSnapshot> | undefined;
  const { unmount } = view(desk, () => {
    connection = useConnection();
    return () => null;
  });
  unmount();
  loseLink();
  expect(connection?.value.state).toBe("Live");
});

test("an error of a selector is thrown in the component, and the desk keeps working", async () => {
  const { desk, notify } = await handDesk();
  const failures: unknown[] = [];
  const Picky = defineComponent({
    setup() {
      const first = useInteractions((list) => list.map(({ id }) => id.repeat(list.length === 2 ? -1 : 1)));
      return () => first.value.join();
    },
  });
  const app = createApp(Picky).use(deskPlugin, desk);
  app.config.errorHandler = (error) => failures.push(error);
  const root = document.createElement("div");
  app.mount(root);
  notify(email("A", "Invited"), email("B", "Invited"));
  await nextTick();
  expect(failures).toEqual([expect.any(RangeError)]);
  expect(desk.anomalies.total()).toBe(0);
  notify(email("C", "Invited"));
  await nextTick();
  expect(root.textContent).toBe("A,B,C");
});

test("a component reads the desk that it provides, and components below read the nearest one", async () => {
  const ours = await handDesk();
  const theirs = await handDesk({ isLive: false });
  const Below = defineComponent({
    setup() {
      const connection = useConnection();
      return () => connection.value.state;
    },
  });
  const Providing = defineComponent({
    setup() {
      provideDesk(theirs.desk);
      const connection = useConnection();
      return () => [connection.value.state, " ", h(Below)];
    },
  });
  const { text } = view(ours.desk, () => {
    return () => [h(Below), " ", h(Providing)];
  });
  expect(await text()).toBe("Live Connecting Connecting");
});

test("without a provider each composable throws an error that names it", () => {
  const uses: (() => unknown)[] = [
    useDesk,
    () => useDeskSelector((desk) => desk.connection.state),
    useConnection,
    () => useChannel("chat"),
    () => useInteraction("E"),
    useInteractions,
    useInvitations,
    useEnded,
    useAnomalies,
  ];
  for (const use of uses) {
    const app = createApp({ setup: () => (use(), () => null) });
    app.config.warnHandler = () => {};
    const mount = () => app.mount(document.createElement("div"));
    expect(mount).toThrow(DeskError);
    expect(mount).toThrow(
      expect.objectContaining({ code: "no-provider", message: expect.stringContaining("provideDesk(desk)") }),
    );
  }
});
