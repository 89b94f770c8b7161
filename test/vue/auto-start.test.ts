// @vitest-environment happy-dom
import { createApp, defineComponent, h, nextTick, ref, shallowRef, type Component } from "vue";
import { expect, test, vi } from "vitest";
import type { Desk, StartOptions } from "deskstate";
import { deskPlugin, provideDesk, useConnection, type ProvideOptions } from "deskstate/vue";
import { linkedDesk } from "../desk/counted-desk.ts";
import { drawn, expectSilence, show } from "./view.ts";

expectSilence();

/** The functions that a development server calls after an edit of a component. */
declare const __VUE_HMR_RUNTIME__: {
  readonly createRecord: (id: string, component: Component) => boolean;
  readonly reload: (id: string, component: Component) => void;
};

const Status = defineComponent({
  setup() {
    const connection = useConnection();
    return () => connection.value.state;
  },
});

const providing = (desk: Desk, options?: ProvideOptions) =>
  defineComponent({
    setup() {
      provideDesk(desk, options);
      return () => h(Status);
    },
  });

const forms: Record<
  string,
  (desk: Desk, options?: ProvideOptions) => { root: Element; unmount: () => void }
> = {
  "an application": (desk, options) => show(Status, desk, options),
  "a component": (desk, options) => {
    const app = createApp(providing(desk, options));
    const root = document.createElement("div");
    app.mount(root);
    return { root, unmount: () => app.unmount() };
  },
};

for (const [form, mount] of Object.entries(forms)) {
  test(`${form} with autoStart starts its desk on mount and stops it on unmount`, async () => {
    const { desk, links, channels, wait } = linkedDesk();
    const { root, unmount } = mount(desk, { autoStart: { channels: ["chat"] } });
    expect(await drawn(root)).toBe("Connecting");
    expect([links, channels]).toEqual([{ up: 1, down: 0 }, [["chat"]]]);
    unmount();
    await wait();
    expect(links).toEqual({ up: 1, down: 1 });
    expect(desk.connection.state).toBe("Stopped");
  });

  test(`${form} with autoStart starts all channels by default`, async () => {
    const { desk, channels } = linkedDesk();
    mount(desk, { autoStart: true });
    expect(channels).toEqual([["email", "chat"]]);
  });

  test(`${form} without autoStart neither starts nor stops its desk`, async () => {
    const { desk, links, wait } = linkedDesk();
    for (const options of [undefined, {}, { autoStart: false }]) mount(desk, options).unmount();
    await wait();
    expect(links).toEqual({ up: 0, down: 0 });
    void desk.start();
    const { root, unmount } = mount(desk);
    expect(await drawn(root)).toBe("Connecting");
    unmount();
    await wait();
    expect(links).toEqual({ up: 1, down: 0 });
  });
}

test("an application that is created, but not mounted, starts nothing", async () => {
  const { desk, links, wait } = linkedDesk();
  createApp(Status).use(deskPlugin, desk, { autoStart: true });
  await wait();
  expect(links.up).toBe(0);
});

test("an application that fails to mount does not keep its desk started", async () => {
  const { desk, links, wait } = linkedDesk();
  const Broken = defineComponent({
    setup() {
      throw new Error("broken");
    },
  });
  const app = createApp(Broken).use(deskPlugin, desk, { autoStart: true });
  app.config.warnHandler = () => {};
  expect(() => app.mount(document.createElement("div"))).toThrow("broken");
  await wait();
  expect(links).toEqual({ up: 0, down: 0 });
});

test("an application that remounts immediately keeps its link", async () => {
  const { desk, links, listening, wait } = linkedDesk();
  for (let count = 0; count < 5; count++) {
    show(Status, desk, { autoStart: true }).unmount();
  }
  show(Status, desk, { autoStart: true });
  await wait();
  expect([links, listening()]).toEqual([{ up: 1, down: 0 }, { connection: 1 }]);
});

test("two applications of one desk share its link, and the desk stops when both are unmounted", async () => {
  const { desk, links, wait } = linkedDesk();
  const one = show(Status, desk, { autoStart: true });
  const other = show(Status, desk, { autoStart: true });
  one.unmount();
  await wait();
  expect(links).toEqual({ up: 1, down: 0 });
  other.unmount();
  await wait();
  expect(links).toEqual({ up: 1, down: 1 });
});

test("edits of a running component leave one live link and no extra listener", async () => {
  const { desk, links, listening, wait } = linkedDesk();
  const edition = (number: number) =>
    defineComponent({
      __hmrId: "edited",
      setup() {
        provideDesk(desk, { autoStart: true });
        const connection = useConnection();
        return () => [`edition ${number} `, connection.value.state, " ", h(Status)];
      },
    });
  const first = edition(0);
  __VUE_HMR_RUNTIME__.createRecord("edited", first);
  const app = createApp({ render: () => h(first) });
  const root = document.createElement("div");
  app.mount(root);
  for (let number = 1; number <= 5; number++) {
    __VUE_HMR_RUNTIME__.reload("edited", edition(number));
    await wait();
  }
  expect(await drawn(root)).toBe("edition 5 Connecting Connecting");
  expect([links, listening()]).toEqual([{ up: 1, down: 0 }, { connection: 2 }]);
  app.unmount();
  await wait();
  expect([links, listening()]).toEqual([{ up: 1, down: 1 }, {}]);
});

test("an edit that creates a new desk stops the previous one", async () => {
  const desks = [linkedDesk(), linkedDesk()] as const;
  const edition = (number: 0 | 1) => ({
    ...providing(desks[number].desk, { autoStart: true }),
    __hmrId: "new desk",
  });
  const first = edition(0);
  __VUE_HMR_RUNTIME__.createRecord("new desk", first);
  const root = document.createElement("div");
  createApp({ render: () => h(first) }).mount(root);
  __VUE_HMR_RUNTIME__.reload("new desk", edition(1));
  for (const { wait } of desks) await wait();
  expect(desks.map(({ links }) => links)).toEqual([
    { up: 1, down: 1 },
    { up: 1, down: 0 },
  ]);
  expect(desks.map(({ listening }) => listening())).toEqual([{}, { connection: 1 }]);
  expect(await drawn(root)).toBe("Connecting");
});

test("when another agent signs in, the desk of the previous agent stops", async () => {
  const [ana, ben] = [linkedDesk(), linkedDesk()];
  const Workplace = defineComponent({
    props: { desk: { type: Object, required: true } },
    setup(props) {
      provideDesk(props.desk as Desk, { autoStart: true });
      return () => h(Status);
    },
  });
  const current = shallowRef({ user: "ana", desk: ana.desk });
  const root = document.createElement("div");
  createApp({ render: () => h(Workplace, { key: current.value.user, desk: current.value.desk }) }).mount(
    root,
  );
  current.value = { user: "ben", desk: ben.desk };
  for (const { wait } of [ana, ben]) await wait();
  expect([ana.links, ben.links]).toEqual([
    { up: 1, down: 1 },
    { up: 1, down: 0 },
  ]);
  expect(ana.listening()).toEqual({});
});

test("a component that is hidden stops its desk, and starts it again when it is shown", async () => {
  const { desk, links, wait } = linkedDesk();
  const Part = providing(desk, { autoStart: true });
  const isShown = ref(true);
  createApp({ render: () => isShown.value && h(Part) }).mount(document.createElement("div"));
  isShown.value = false;
  await wait();
  expect(links).toEqual({ up: 1, down: 1 });
  isShown.value = true;
  await wait();
  expect(links).toEqual({ up: 2, down: 1 });
});

for (const [form, mount] of Object.entries(forms)) {
  test(`${form} restarts its desk when the options of autoStart change`, async () => {
    const { desk, links, channels, wait } = linkedDesk();
    const autoStart = ref<StartOptions | boolean>({ channels: ["chat"] });
    const { root, unmount } = mount(desk, { autoStart });
    const change = async (options: StartOptions | boolean) => {
      autoStart.value = options;
      await nextTick();
      await wait();
    };
    await change({ channels: ["chat", "email"] });
    expect([links, channels]).toEqual([{ up: 2, down: 1 }, [["chat"], ["chat", "email"]]]);
    await change({ channels: ["chat", "email"] });
    expect(links).toEqual({ up: 2, down: 1 });
    await change(true);
    expect([links, channels.at(-1)]).toEqual([{ up: 3, down: 2 }, ["email", "chat"]]);
    await change(false);
    expect([links, await drawn(root)]).toEqual([{ up: 3, down: 3 }, "Stopped"]);
    unmount();
    await change(true);
    expect(links).toEqual({ up: 3, down: 3 });
  });
}

test("options may be a getter, and only a change of their content counts", async () => {
  const { desk, channels, wait } = linkedDesk();
  const retain = vi.fn(desk.retain);
  const teams = ref(["chat"]);
  show(Status, { ...desk, retain }, { autoStart: () => ({ channels: teams.value }) });
  teams.value = ["chat"];
  await nextTick();
  expect(retain).toHaveBeenCalledTimes(1);
  teams.value.push("email");
  await nextTick();
  await wait();
  expect(channels).toEqual([["chat"], ["chat", "email"]]);
});
