// @vitest-environment happy-dom
import { useState } from "react";
import { expect, test, vi } from "vitest";
import {
  useAnomalies,
  useChannel,
  useConnection,
  useDeskSelector,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/react";
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";
import { happen, reading, show, tidy } from "./view.tsx";

tidy();

test("each hook accepts a selector", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("C", "Accepted", transcript(3, ...joined, said(3, "c", "Hello"))), email("E", "Invited"));
  const { Reading } = reading(() => [
    useConnection(({ state }) => state),
    useChannel("chat", ({ name }) => name),
    useInteraction("C", (found) =>
      found?.kind === "chat" ? found.transcript.events.at(-1)?.text : undefined,
    ),
    useInteractions((list) => list.length),
    useInvitations(([first]) => first?.id),
    useEnded((list) => list.length),
    useAnomalies((list) => list.length),
    useDeskSelector(
      ({ interactions }) => interactions.getSnapshot().filter(({ state }) => state === "Accepted").length,
    ),
  ]);
  const { text } = show(desk, <Reading />);
  expect(JSON.parse(text())).toEqual(["Live", "chat", "Hello", 2, "E", 0, 0, 1]);
});

test("a component does not re-render when its selected value stays the same", async () => {
  const { desk, notify } = await handDesk();
  notify(email("E", "Accepted", { userData: { Subject: "A puncture" } }));
  const { Reading, renders } = reading(() => useInteraction("E", (found) => found?.userData["Subject"]));
  const { text } = show(desk, <Reading />);
  await happen(() =>
    notify(email("E", "PropertiesChanged", { userData: { Subject: "A puncture", Tier: "gold" } })),
  );
  expect([text(), renders()]).toEqual(["A puncture", 1]);
  await happen(() => notify(email("E", "PropertiesChanged", { userData: { Subject: "Two punctures" } })));
  expect([text(), renders()]).toEqual(["Two punctures", 2]);
});

test("an inline selector that returns a new object renders once for each change", async () => {
  const { desk, notify, loseLink } = await handDesk();
  notify(email("E", "Invited"));
  const { Reading, renders } = reading(() => [
    useInteraction("E", (found) => ({ state: found?.state })).state,
    useInteractions((list) => list.map(({ id }) => id)),
    useConnection(({ state }) => [state])[0],
    useChannel("chat", (channel) => ({ ...channel })).state,
  ]);
  const { text } = show(desk, <Reading />);
  expect(renders()).toBe(1);
  await happen(() => notify(email("E", "Accepted")));
  expect([text(), renders()]).toEqual(['["Accepted",["E"],"Live","Unknown"]', 2]);
  await happen(loseLink);
  expect(renders()).toBe(3);
});

test("an inline selector over the whole desk renders once for each change, too", async () => {
  const { desk, notify } = await handDesk();
  const { Reading, renders } = reading(() =>
    useDeskSelector(({ interactions }) => interactions.getSnapshot().map(({ state }) => state)),
  );
  const { text } = show(desk, <Reading />, { isStrict: true });
  await happen(() => {});
  const before = renders();
  await happen(() => notify(email("E", "Invited")));
  expect(text()).toBe('["Invited"]');
  // Strict Mode renders twice.
  expect(renders() - before).toBe(2);
});

test("a value that is equal to the shown one keeps the shown reference, and re-renders nothing", async () => {
  const { desk, notify } = await handDesk();
  notify(email("A", "Invited"));
  const isEqual = (before: readonly string[], now: readonly string[]) => before.join() === now.join();
  const seen = new Set<readonly string[]>();
  const kinds = reading(() => {
    const channels = useInteractions((list) => [...new Set(list.map(({ channel }) => channel))], isEqual);
    seen.add(channels);
    return channels;
  });
  const { text, show: again } = show(desk, <kinds.Reading />);
  await happen(() => notify(email("B", "Invited"), email("C", "Invited")));
  expect([text(), kinds.renders()]).toEqual(['["email"]', 1]);
  // A re-render for another reason, with a new selector function.
  again(<kinds.Reading />);
  expect(seen.size).toBe(1);
  await happen(() => notify(chat("D", "Invited")));
  expect([text(), seen.size]).toEqual(['["email","chat"]', 2]);
});

test("a selector runs once for each snapshot, even if the component re-renders", async () => {
  const { desk, notify } = await handDesk();
  notify(email("E", "Invited"));
  const selector = vi.fn((found: { readonly state: string } | undefined) => found?.state);
  const { Reading } = reading(() => useInteraction("E", selector));
  const { show: again } = show(desk, <Reading />);
  await happen(() => notify(email("other", "Invited"), email("other", "Accepted")));
  again(<Reading />);
  expect(selector).toHaveBeenCalledTimes(1);
  await happen(() => notify(email("E", "Accepted")));
  expect(selector).toHaveBeenCalledTimes(2);
});

test("a selector reads the present state of its component", async () => {
  const { desk, notify } = await handDesk();
  notify(email("E", "Accepted", { userData: { Subject: "A puncture", City: "Delft" } }));
  const Field = () => {
    const [key, setKey] = useState("Subject");
    const value = useInteraction("E", (found) => found?.userData[key]);
    return <button onClick={() => setKey("City")}>{value}</button>;
  };
  const { root, text } = show(desk, <Field />);
  expect(text()).toBe("A puncture");
  await happen(() => root.querySelector("button")?.click());
  expect(text()).toBe("Delft");
});

test("useDeskSelector runs after changes that no list shows", async () => {
  const { desk, notify, deliver, loseLink } = await handDesk();
  const { Reading } = reading(() =>
    useDeskSelector(({ interactions, ended, channels, anomalies, connection }) => [
      interactions.getSnapshot().filter(({ state }) => state === "Accepted").length,
      ended.getSnapshot().length,
      channels.getSnapshot().map(({ name }) => name).length,
      anomalies.total(),
      connection.state,
    ]),
  );
  const { text } = show(desk, <Reading />);
  notify(email("A", "Invited"), email("B", "Invited"));
  await happen(() => notify(email("A", "Accepted")));
  expect(text()).toBe('[1,0,2,0,"Live"]');
  await happen(() => notify(email("A", "Completed")));
  expect(text()).toBe('[0,1,2,0,"Live"]');
  await happen(() => desk.interaction("A")?.dismiss());
  expect(text()).toBe('[0,0,2,0,"Live"]');
  const voice = { channels: [{ channel: "voice", userState: { state: "Ready" } }] };
  await happen(() => deliver({ channel: "/v2/me/channels", data: voice }));
  expect(text()).toBe('[0,0,3,0,"Live"]');
  await happen(() => notify({ state: "Invited" }));
  expect(text()).toBe('[0,0,3,1,"Live"]');
  await happen(loseLink);
  expect(text()).toBe('[0,0,3,1,"Recovering"]');
});

test("an error of a selector is thrown in the component, and the desk keeps working", async () => {
  const { desk, notify } = await handDesk();
  const { Reading } = reading(() => useInteractions((list) => "x".repeat(1 - list.length)));
  const { show: again } = show(desk, <Reading />);
  vi.mocked(console.error).mockImplementation(() => {});
  await expect(happen(() => notify(email("A", "Invited"), email("B", "Invited")))).rejects.toThrow(
    RangeError,
  );
  vi.mocked(console.error).mockClear();
  expect(desk.anomalies.total()).toBe(0);
  again(null);
});
