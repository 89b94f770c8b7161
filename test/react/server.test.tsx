// @vitest-environment happy-dom
import { Suspense, act, type ReactNode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { createDesk, noLink, type Desk } from "deskstate";
import {
  DeskProvider,
  useAnomalies,
  useChannel,
  useConnection,
  useDesk,
  useDeskSelector,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/react";
import { chat, email, handDesk } from "../desk/hand-desk.ts";
import { linkedDesk } from "../desk/counted-desk.ts";
import { happen, reading, tidy } from "./view.tsx";

tidy();

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join("");

const { Reading: Page, renders } = reading(() => [
  useConnection().state,
  useChannel("chat").state,
  useInteraction("A")?.state ?? "none",
  useInteractions(ids),
  ids(useInvitations()),
  useEnded((list) => ({ count: list.length })).count,
  useAnomalies().length,
  useDeskSelector((desk) => [desk.connection.state]),
  useConnection((connection) => ({ ...connection })).state,
]);
const never = ["Offline", "Unknown", "none", "", "", 0, 0, ["Offline"], "Offline"];
const now = ["Live", "Ready", "Invited", "AC", "A", 1, 1, ["Live"], "Live"];

/** Creates a desk that differs in every part from one that was never started. */
async function busyDesk(): Promise<Desk> {
  const { desk, notify, deliver } = await handDesk();
  notify(email("A", "Invited"), email("B", "Invited"), email("B", "Revoked"), chat("C", "Accepted"));
  notify({ state: "Invited" });
  const channels = [{ channel: "chat", userState: { state: "Ready" } }];
  deliver({ channel: "/v2/me/channels", data: { channels } });
  return desk;
}

const page = (desk: Desk, children: ReactNode = <Page />) => (
  <DeskProvider desk={desk} autoStart>
    {children}
  </DeskProvider>
);

/** Returns the page that a browser shows before the application runs. */
function received(html: string): HTMLElement {
  const root = document.createElement("div");
  root.innerHTML = html;
  return root;
}

/** Hydrates. Resolves to the text that is shown then, and to the errors of React. */
async function hydrate(root: HTMLElement, children: ReactNode) {
  const problems: unknown[] = [];
  const onRecoverableError = (error: unknown) => problems.push(error);
  await act(async () => {
    hydrateRoot(root, children, { onRecoverableError });
    await Promise.resolve();
  });
  return { problems, text: root.textContent };
}

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

test("a server renders a desk without a link, and starts nothing", () => {
  const { desk, links, listening } = linkedDesk();
  expect(JSON.parse(received(renderToString(page(desk))).textContent)).toEqual(never);
  expect([links, listening()]).toEqual([{ up: 0, down: 0 }, {}]);
  expect(JSON.parse(received(renderToString(page(createDesk({ link: noLink })))).textContent)).toEqual(never);
});

test("a server renders the same for a desk that is already Live", async () => {
  expect(JSON.parse(received(renderToString(page(await busyDesk()))).textContent)).toEqual(never);
});

test("a page hydrates without a mismatch although the desk is Live, and then shows the present state", async () => {
  const root = received(renderToString(page(createDesk({ link: noLink }))));
  const before = renders();
  const { problems, text } = await hydrate(root, page(await busyDesk()));
  expect(problems).toEqual([]);
  expect(JSON.parse(text)).toEqual(now);
  expect(renders() - before).toBeLessThanOrEqual(3);
});

test("a part of the page that hydrates later starts with the values of the server, too", async () => {
  let arrive: () => void = () => {};
  let hasArrived = false;
  const code = new Promise<void>((resolve) => {
    arrive = () => {
      hasArrived = true;
      resolve();
    };
  });
  const Late = () => {
    // Like a component whose code is loaded first. React 18 accepts a thrown promise, too.
    // oxlint-disable-next-line typescript/only-throw-error
    if (!hasArrived) throw code;
    return <Page />;
  };
  const parts = (late: ReactNode) => (
    <>
      <Page /> <Suspense fallback="loading">{late}</Suspense>
    </>
  );
  const root = received(renderToString(page(createDesk({ link: noLink }), parts(<Page />))));
  const { problems, text } = await hydrate(root, page(await busyDesk(), parts(<Late />)));
  expect(text).toBe(`${JSON.stringify(now)} ${JSON.stringify(never)}`);
  await act(async () => {
    arrive();
    await code;
  });
  await vi.waitFor(() => expect(root.textContent).toBe(`${JSON.stringify(now)} ${JSON.stringify(now)}`));
  expect(problems).toEqual([]);
});

test("useDesk returns the desk of the application, on the server and during hydration, too", async () => {
  const used = new Set<Desk>();
  const Using = () => {
    used.add(useDesk());
    return null;
  };
  const desk = await busyDesk();
  const root = received(renderToString(page(desk, <Using />)));
  await hydrate(root, page(desk, <Using />));
  expect([...used]).toEqual([desk]);
});

test("a hydrated page starts its desk and follows it", async () => {
  const { desk, links } = linkedDesk();
  const root = received(renderToString(page(desk)));
  const { problems } = await hydrate(root, page(desk));
  expect(problems).toEqual([]);
  expect(links).toEqual({ up: 1, down: 0 });
  await happen(() => desk.stop());
  expect(JSON.parse(root.textContent)[0]).toBe("Stopped");
});
