import { createSSRApp, defineComponent, h, ref, type App } from "vue";
import { renderToString } from "vue/server-renderer";
import { expect, test, vi } from "vitest";
import { createDesk, noLink, type Desk, type DeskOptions } from "deskstate";
import { deskPlugin, provideDesk, useInteraction } from "deskstate/vue";
import { email, handDesk } from "../desk/hand-desk.ts";
import { countListeners } from "../desk/counted-desk.ts";
import { blankPage, Page } from "./page.ts";
import { expectSilence } from "./view.ts";

expectSilence();

const withPlugin = (desk: Desk, autoStart = false): App =>
  createSSRApp(Page).use(deskPlugin, desk, { autoStart });

const withComponent = (desk: Desk, autoStart = false): App =>
  createSSRApp({
    setup() {
      provideDesk(desk, { autoStart });
      return () => h(Page);
    },
  });

const html = async (app: App) => (await renderToString(app)).replace(/^<!--\[-->|<!--\]-->$/g, "");

for (const [name, make] of Object.entries({ withPlugin, withComponent })) {
  test(`a server renders a desk without a link (${name})`, async () => {
    expect(await html(make(createDesk({ link: noLink })))).toBe(blankPage);
  });

  test(`a server renders the same for every desk, and does not subscribe to it (${name})`, async () => {
    const { desk: live, notify } = await handDesk();
    notify(email("E", "Invited"));
    const { desk, listening } = countListeners(live);
    expect(await html(make(desk))).toBe(blankPage);
    expect(listening()).toEqual({});
  });

  test(`a server starts nothing, even with autoStart (${name})`, async () => {
    let connects = 0;
    const link = { ...noLink, connect: () => void connects++ };
    const desk = createDesk({ link });
    expect(await html(make(desk, true))).toBe(blankPage);
    expect([connects, desk.connection.state]).toEqual([0, "Offline"]);
  });
}

test("while a server renders, nothing subscribes, not even to the desk without a link", async () => {
  vi.resetModules();
  const counters: (() => Record<string, number>)[] = [];
  // The adapter creates its own desk by createDesk only, so this counts all its subscriptions.
  vi.doMock("../../src/index.ts", async (load) => {
    const core = await load<typeof import("deskstate")>();
    const createCounted = (options: DeskOptions): Desk => {
      const { desk, listening } = countListeners(core.createDesk(options));
      counters.push(listening);
      return desk;
    };
    return { ...core, createDesk: createCounted };
  });
  const { deskPlugin: freshPlugin, useConnection } = await import("deskstate/vue");
  const during: Record<string, number>[] = [];
  const Status = defineComponent({
    setup() {
      const connection = useConnection();
      return () => {
        during.push(...counters.map((listening) => listening()));
        return connection.value.state;
      };
    },
  });
  const app = createSSRApp(Status).use(freshPlugin, createDesk({ link: noLink }));
  expect(await renderToString(app)).toBe("Offline");
  expect(during).toEqual([{}]);
  vi.doUnmock("../../src/index.ts");
});

test("a selector reads the new id when it changes while a server renders", async () => {
  const Late = defineComponent({
    async setup() {
      const id = ref("A");
      const interaction = useInteraction(id);
      const state = useInteraction(id, (found) => found?.state ?? `no ${id.value}`);
      await Promise.resolve();
      id.value = "B";
      return () => `${interaction.value === undefined} ${state.value}`;
    },
  });
  const app = createSSRApp(Late).use(deskPlugin, createDesk({ link: noLink }));
  expect(await renderToString(app)).toBe("true no B");
});
