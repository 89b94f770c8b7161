// @vitest-environment happy-dom
import {
  createApp,
  createSSRApp,
  defineAsyncComponent,
  defineComponent,
  h,
  nextTick,
  ref,
  Suspense,
  type Component,
} from "vue";
import { renderToString } from "vue/server-renderer";
import { expect, test, vi } from "vitest";
import { createDesk, noLink, type Desk } from "deskstate";
import { deskPlugin, provideDesk, useConnection } from "deskstate/vue";
import { email, handDesk } from "../desk/hand-desk.ts";
import { countListeners } from "../desk/counted-desk.ts";
import { blankPage, Page } from "./page.ts";
import { drawn, expectSilence } from "./view.ts";

expectSilence();

const livePage = [
  `<p class="Live">Live</p>`,
  `<p>chat Unknown, 1 offered, 0 ended</p>`,
  `<button>Ready</button>`,
  `<ul><li>E Invited</li></ul>`,
  `<b>Invited</b>`,
].join("");

const content = (root: Element) => root.innerHTML.replaceAll(/<!--[[\]]-->/g, "");

/** Creates a desk that is Live and was offered an email before the page is mounted. */
async function liveDesk() {
  const made = await handDesk();
  made.notify(email("E", "Invited"));
  return made;
}

/** Returns the page as a server renders it. */
async function served(component: Component): Promise<Element> {
  const root = document.createElement("div");
  const desk = createDesk({ link: noLink });
  root.innerHTML = await renderToString(createSSRApp(component).use(deskPlugin, desk));
  return root;
}

/** Hydrates the page of the server in the browser. */
function hydrate(root: Element, component: Component, desk: Desk) {
  const app = createSSRApp(component).use(deskPlugin, desk);
  app.mount(root);
  return app;
}

/** Returns a component that shows the state of the connection, and each state that it rendered. */
function recording() {
  const rendered: string[] = [];
  const Status = defineComponent({
    setup() {
      const connection = useConnection();
      return () => {
        rendered.push(connection.value.state);
        return h("p", connection.value.state);
      };
    },
  });
  return { rendered, Status };
}

test("a page hydrates with the values of the server, and then shows the present state of a desk that is Live", async () => {
  const { desk } = await liveDesk();
  const root = await served(Page);
  expect(content(root)).toBe(blankPage);
  const [paragraph] = root.children;
  hydrate(root, Page, desk);
  expect(content(root)).toBe(blankPage);
  await nextTick();
  expect(content(root)).toBe(livePage);
  expect(root.children[0]).toBe(paragraph);
});

test("a hydrated page follows the desk, and unsubscribes when it is unmounted", async () => {
  const { desk: live, loseLink } = await liveDesk();
  const { desk, listening } = countListeners(live);
  const root = await served(Page);
  const app = hydrate(root, Page, desk);
  await nextTick();
  loseLink();
  expect(await drawn(root)).toContain("Recovering");
  expect(listening()).toMatchObject({ connection: 1, E: 1 });
  app.unmount();
  expect(listening()).toEqual({});
});

test("a component that only the browser renders shows the present state immediately", async () => {
  const { desk } = await liveDesk();
  const { rendered, Status } = recording();
  createApp(Status).use(deskPlugin, desk).mount(document.createElement("div"));
  await nextTick();
  expect(rendered).toEqual(["Live"]);
  const root = document.createElement("div");
  createApp(Page).use(deskPlugin, desk).mount(root);
  expect(content(root)).toBe(livePage);
});

test("a component that is mounted later on a hydrated page shows the present state immediately", async () => {
  const { desk } = await liveDesk();
  const { rendered, Status } = recording();
  const isShown = ref(false);
  const Later = defineComponent({ render: () => h("div", isShown.value ? h(Status) : "later") });
  const root = await served(Later);
  hydrate(root, Later, desk);
  isShown.value = true;
  expect(await drawn(root)).toBe("Live");
  expect(rendered).toEqual(["Live"]);
});

test("a component that provides the desk and reads it hydrates, too", async () => {
  const { desk } = await liveDesk();
  const appWith = (provided: Desk) =>
    defineComponent({
      setup() {
        provideDesk(provided, { autoStart: true });
        const connection = useConnection();
        return () => [h("p", connection.value.state), h(Page)];
      },
    });
  const root = document.createElement("div");
  root.innerHTML = await renderToString(createSSRApp(appWith(createDesk({ link: noLink }))));
  createSSRApp(appWith(desk)).mount(root);
  expect(content(root)).toBe(`<p>Offline</p>${blankPage}`);
  await nextTick();
  expect(content(root)).toBe(`<p>Live</p>${livePage}`);
});

test("asynchronous components hydrate when they are loaded", async () => {
  // Vue prints that Suspense is experimental.
  vi.spyOn(console, "info").mockImplementation(() => {});
  const { desk } = await liveDesk();
  const Waiting = defineComponent({
    async setup() {
      const before = useConnection();
      await Promise.resolve();
      return () => h("p", before.value.state);
    },
  });
  const Late = defineAsyncComponent(() => Promise.resolve(Page));
  const App = defineComponent({ render: () => h(Suspense, () => h("div", [h(Waiting), h(Late)])) });
  const root = await served(App);
  expect(content(root)).toBe(`<div><p>Offline</p>${blankPage}</div>`);
  hydrate(root, App, desk);
  await new Promise((resolve) => setTimeout(resolve));
  expect(content(root)).toBe(`<div><p>Live</p>${livePage}</div>`);
});

test("an SSR application without a page of the server starts with the present state", async () => {
  const { desk } = await liveDesk();
  const { rendered, Status } = recording();
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  hydrate(document.createElement("div"), Status, desk);
  expect(rendered).toEqual(["Live"]);
  expect(warn.mock.calls).toEqual([[expect.stringContaining("container is empty")]]);
  warn.mockClear();
});
