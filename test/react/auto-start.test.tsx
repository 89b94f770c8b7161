// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import {
  DeskProvider,
  type DeskProviderProps,
  useAnomalies,
  useChannel,
  useConnection,
  useDeskSelector,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/react";
import { linkedDesk } from "../desk/counted-desk.ts";
import { happen, reading, show, tidy } from "./view.tsx";

tidy();

const Status = () => useConnection(({ state }) => `${state} `);

/** Calls each hook once. */
const { Reading: All } = reading(() => {
  useChannel("chat");
  useInteraction("E");
  useInteractions();
  useInvitations();
  useEnded();
  useAnomalies();
  useDeskSelector((desk) => desk.connection.state);
  return useConnection().state;
});

const each = {
  connection: 1,
  chat: 1,
  E: 1,
  interactions: 1,
  invitations: 1,
  changes: 1,
  channels: 1,
  // The selector over the whole desk listens to them, too.
  ended: 2,
  anomalies: 2,
};

test("a provider with autoStart starts its desk on mount and stops it on unmount", async () => {
  const { desk, links, channels, wait } = linkedDesk();
  const { text, unmount } = show(desk, <Status />, { autoStart: { channels: ["chat"] } });
  expect(text()).toBe("Connecting ");
  expect([links, channels]).toEqual([{ up: 1, down: 0 }, [["chat"]]]);
  unmount();
  await wait();
  expect(links).toEqual({ up: 1, down: 1 });
  expect(desk.connection.state).toBe("Stopped");
});

test("the default is all channels, and inline options restart nothing", async () => {
  const { desk, links, channels, wait } = linkedDesk();
  const Application = () => (
    <DeskProvider desk={desk} autoStart={{}}>
      <Status />
    </DeskProvider>
  );
  const view = show(linkedDesk().desk, <Application />);
  for (let count = 0; count < 5; count++) view.show(<Application />);
  await wait();
  expect([links, channels]).toEqual([{ up: 1, down: 0 }, [["email", "chat"]]]);
});

test("without autoStart a provider neither starts nor stops its desk", async () => {
  const { desk, links, wait } = linkedDesk();
  show(desk, <Status />).unmount();
  show(desk, <Status />, { autoStart: false }).unmount();
  await wait();
  expect(links).toEqual({ up: 0, down: 0 });
  void desk.start();
  show(desk, <Status />).unmount();
  await wait();
  expect(links).toEqual({ up: 1, down: 0 });
});

test("Strict Mode leaves one live link and one listener for each hook, and none after unmount", async () => {
  const { desk, links, listening, wait } = linkedDesk();
  const { text, unmount } = show(desk, <All />, { autoStart: true, isStrict: true });
  await wait();
  expect(text()).toBe("Connecting");
  expect([links, listening()]).toEqual([{ up: 1, down: 0 }, each]);
  unmount();
  await wait();
  expect([links, listening()]).toEqual([{ up: 1, down: 1 }, {}]);
});

test("a re-render keeps the subscriptions", async () => {
  const { desk, listening } = linkedDesk();
  const { desk: other, listening: listeningToOther } = linkedDesk();
  let subscriptions = 0;
  const subscribe: typeof desk.connection.subscribe = (observer) => {
    subscriptions++;
    return desk.connection.subscribe(observer);
  };
  const connection = new Proxy(desk.connection, {
    get: (target, name) =>
      name === "subscribe" ? subscribe : (Reflect.get(target, name, target) as unknown),
  });
  const view = show({ ...desk, connection }, <All />);
  const below = (ours: typeof desk) => (
    <DeskProvider desk={ours}>
      <All />
    </DeskProvider>
  );
  view.show(below(desk));
  for (let count = 0; count < 5; count++) view.show(below(desk));
  expect(listening()).toEqual(each);
  view.show(below(other));
  expect([listening(), listeningToOther()]).toEqual([{}, each]);
  expect(subscriptions).toBe(1);
});

test("hot reload that remounts everything keeps the link and leaves no listener", async () => {
  const { desk, links, listening, wait } = linkedDesk();
  for (let edition = 0; edition < 5; edition++) {
    show(desk, <All />, { autoStart: true, isStrict: true }).unmount();
  }
  show(desk, <All />, { autoStart: true, isStrict: true });
  await wait();
  expect([links, listening()]).toEqual([{ up: 1, down: 0 }, each]);
});

test("hot reload that changes a component below the provider keeps the link", async () => {
  const { desk, links, listening, wait } = linkedDesk();
  const view = show(desk, <All />, { autoStart: true });
  for (let edition = 0; edition < 5; edition++) {
    const Edited = () => `${edition} ${useConnection().state}`;
    view.show(<Edited />);
    await wait();
  }
  expect(view.text()).toBe("4 Connecting");
  expect([links, listening()]).toEqual([{ up: 1, down: 0 }, { connection: 1 }]);
});

test("when a provider gets another desk, the previous desk stops", async () => {
  const [before, after] = [linkedDesk(), linkedDesk()];
  const Application = ({ desk }: Pick<typeof before, "desk">) => (
    <DeskProvider desk={desk} autoStart>
      <All />
    </DeskProvider>
  );
  const view = show(linkedDesk().desk, <Application desk={before.desk} />);
  view.show(<Application desk={after.desk} />);
  await before.wait();
  await after.wait();
  expect([before.links, before.listening()]).toEqual([{ up: 1, down: 1 }, {}]);
  expect([after.links, after.listening()]).toEqual([{ up: 1, down: 0 }, each]);
  expect(view.text()).toBe("Connecting");
});

test("two providers of one desk share its link, and the desk stops when both are unmounted", async () => {
  const { desk, links, wait } = linkedDesk();
  const [one, other] = [
    show(desk, <Status />, { autoStart: true }),
    show(desk, <Status />, { autoStart: true }),
  ];
  one.unmount();
  await wait();
  expect(links).toEqual({ up: 1, down: 0 });
  other.unmount();
  await wait();
  expect(links).toEqual({ up: 1, down: 1 });
});

test("autoStart can change while the provider is mounted", async () => {
  const { desk, links, wait } = linkedDesk();
  const Application = ({ isSignedIn }: { readonly isSignedIn: boolean }) => (
    <DeskProvider desk={desk} autoStart={isSignedIn}>
      <Status />
    </DeskProvider>
  );
  const view = show(linkedDesk().desk, <Application isSignedIn={false} />);
  expect(view.text()).toBe("Offline ");
  view.show(<Application isSignedIn />);
  expect(view.text()).toBe("Connecting ");
  view.show(<Application isSignedIn={false} />);
  await happen(wait);
  expect(view.text()).toBe("Stopped ");
  expect(links).toEqual({ up: 1, down: 1 });
});

test("options that change later take effect: the desk restarts with them", async () => {
  const { desk, links, channels, wait } = linkedDesk();
  const withOptions = (autoStart: DeskProviderProps["autoStart"]) => (
    <DeskProvider desk={desk} autoStart={autoStart}>
      <Status />
    </DeskProvider>
  );
  const view = show(linkedDesk().desk, withOptions({ channels: ["chat"] }));
  const change = (autoStart: DeskProviderProps["autoStart"]) => {
    view.show(withOptions(autoStart));
    return happen(wait);
  };
  await change({ channels: ["chat", "email"] });
  expect([links, channels]).toEqual([{ up: 2, down: 1 }, [["chat"], ["chat", "email"]]]);
  await change(true);
  expect([links, channels.at(-1)]).toEqual([{ up: 3, down: 2 }, ["email", "chat"]]);
  await change({ channels: [] });
  expect([links, channels.at(-1), view.text()]).toEqual([{ up: 4, down: 3 }, [], "Connecting "]);
  await change(undefined);
  expect([links, view.text()]).toEqual([{ up: 4, down: 4 }, "Stopped "]);
});

test("equal options in a new object at each render retain the desk once", async () => {
  const { desk, links, wait } = linkedDesk();
  const retain = vi.fn(desk.retain);
  const retained = { ...desk, retain };
  const application = () => (
    <DeskProvider desk={retained} autoStart={{ channels: ["chat"] }}>
      <Status />
    </DeskProvider>
  );
  const view = show(linkedDesk().desk, application());
  for (let count = 0; count < 5; count++) view.show(application());
  await happen(wait);
  expect([links, retain.mock.calls.length]).toEqual([{ up: 1, down: 0 }, 1]);
});
