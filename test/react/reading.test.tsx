// @vitest-environment happy-dom
import { version } from "react";
import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { DeskError, type Desk, type Interaction } from "deskstate";
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
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";
import { happen, reading, show, tidy } from "./view.tsx";

tidy();

function readiness(channel: string, state: string): object {
  return { channel: "/v2/me/channels", data: { channels: [{ channel, userState: { state } }] } };
}

test("these tests run with the React version of their project", () => {
  expect(version.split(".")[0]).toBe(process.env["REACT"] ?? "19");
});

test("useDesk returns the desk of the nearest provider", async () => {
  const [outer, inner] = [await handDesk(), await handDesk({ isLive: false })];
  const used: Desk[] = [];
  const Using = () => {
    used.push(useDesk());
    return useConnection(({ state }) => `${state} `);
  };
  const { text } = show(
    outer.desk,
    <>
      <Using />
      <DeskProvider desk={inner.desk}>
        <Using />
      </DeskProvider>
    </>,
  );
  expect(text()).toBe("Live Connecting ");
  expect(used[0]).toBe(outer.desk);
  expect(used[1]).toBe(inner.desk);
});

test("useConnection shows the present state and each change", async () => {
  const { desk, loseLink, regainLink } = await handDesk();
  const { Reading, renders } = reading(() => {
    const { state, lossReason } = useConnection();
    return `${state} ${lossReason}`;
  });
  const { text } = show(desk, <Reading />);
  expect(text()).toBe("Live null");
  await happen(loseLink);
  expect(text()).toBe("Recovering network");
  await happen(regainLink);
  expect(text()).toBe("Live null");
  expect(renders()).toBeLessThanOrEqual(4);
});

test("useChannel shows readiness and actions, and follows its name", async () => {
  const { desk, deliver, asked } = await handDesk();
  const Channel = ({ name }: { readonly name: string }) => {
    const channel = useChannel(name);
    return `${channel.name} ${channel.state} ${Object.keys(channel.actions).join()}`;
  };
  const view = show(desk, <Channel name="email" />);
  expect(view.text()).toBe("email Unknown Ready,NotReady");
  await happen(() => deliver(readiness("email", "Ready")));
  expect(view.text()).toBe("email Ready NotReady");
  view.show(<Channel name="chat" />);
  expect(view.text()).toBe("chat Unknown Ready,NotReady");
  await happen(() => deliver(readiness("email", "NotReady"), readiness("chat", "NotReady")));
  expect(view.text()).toBe("chat NotReady Ready,NotReady");
  expect(asked).toEqual([]);
});

test("useInteraction shows an interaction from its offer until it is dismissed", async () => {
  const { desk, notify } = await handDesk();
  const { Reading } = reading(() => {
    const interaction = useInteraction("E");
    return interaction === undefined
      ? "none"
      : [
          interaction.state,
          interaction.outcome,
          "Reply" in interaction.actions ? "may be answered" : "",
        ].join(" ");
  });
  const { text } = show(desk, <Reading />);
  expect(text()).toBe("none");
  await happen(() => notify(email("E", "Invited")));
  expect(text()).toBe("Invited  ");
  await happen(() => notify(email("E", "Accepted")));
  expect(text()).toBe("Accepted  may be answered");
  await happen(() => notify(email("E", "Completed")));
  expect(text()).toBe("Completed Completed ");
  await happen(() => desk.interaction("E")?.dismiss());
  expect(text()).toBe("none");
});

test("when its id changes, useInteraction follows the other interaction only", async () => {
  const { desk, notify } = await handDesk();
  notify(email("A", "Invited"), email("B", "Accepted"));
  const renders = vi.fn();
  const Row = ({ id }: { readonly id: string }) => {
    renders();
    return `${id} ${useInteraction(id)?.state}`;
  };
  const view = show(desk, <Row id="A" />);
  expect(view.text()).toBe("A Invited");
  view.show(<Row id="B" />);
  expect(view.text()).toBe("B Accepted");
  renders.mockClear();
  await happen(() => notify(email("A", "Accepted")));
  expect(renders).not.toHaveBeenCalled();
  view.show(<Row id="C" />);
  expect(view.text()).toBe("C undefined");
  await happen(() => notify(email("C", "Invited")));
  expect(view.text()).toBe("C Invited");
});

test("an action performs its operation, and does not exist while that is pending", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("E", "Invited"));
  const Offer = () => {
    const { Accept } = useInteraction("E")?.actions ?? {};
    return Accept === undefined ? "no action" : <button onClick={() => void Accept()}>Accept</button>;
  };
  const { root, text } = show(desk, <Offer />);
  await happen(() => root.querySelector("button")?.click());
  expect(asked.map(({ operation }) => operation)).toEqual(["Accept"]);
  expect(text()).toBe("no action");
});

test("the lists show the interactions that are offered, live and ended", async () => {
  const { desk, notify } = await handDesk();
  const ids = (list: readonly Interaction[]) => list.map(({ id }) => id).join("");
  const { Reading } = reading(() => [useInvitations(), useInteractions(), useEnded()].map(ids).join("|"));
  const { text } = show(desk, <Reading />);
  expect(text()).toBe("||");
  await happen(() => notify(email("A", "Invited"), chat("B", "Invited")));
  expect(text()).toBe("AB|AB|");
  await happen(() => notify(email("A", "Accepted")));
  expect(text()).toBe("B|AB|");
  await happen(() => notify(chat("B", "Revoked")));
  expect(text()).toBe("|A|B");
  await happen(() => desk.interaction("B")?.dismiss());
  expect(text()).toBe("|A|");
});

test("a row stays mounted when its list changes, and reads its own interaction", async () => {
  const { desk, notify } = await handDesk();
  const mounts = vi.fn();
  const Row = ({ id }: { readonly id: string }) => {
    const found = useInteraction(id);
    if (found?.kind !== "chat") return null;
    return <li ref={mounts}>{found.transcript.events.at(-1)?.text}</li>;
  };
  const List = () => useInteractions().map(({ id }) => <Row key={id} id={id} />);
  notify(chat("A", "Accepted", transcript(3, ...joined, said(3, "c", "Hello"))));
  const { text } = show(desk, <List />);
  await happen(() => notify(chat("B", "Accepted", transcript(3, ...joined, said(3, "c", "Hi")))));
  expect(text()).toBe("HelloHi");
  await happen(() => notify(chat("A", "PropertiesChanged", transcript(4, said(4, "c", "Still there?")))));
  expect(text()).toBe("Still there?Hi");
  expect(mounts).toHaveBeenCalledTimes(2);
});

test("useAnomalies shows each new anomaly", async () => {
  const { desk, notify } = await handDesk();
  const { Reading } = reading(() => useAnomalies((anomalies) => anomalies.map(({ code }) => code)));
  const { text } = show(desk, <Reading />);
  expect(text()).toBe("[]");
  await happen(() => notify({ state: "Invited" }));
  expect(JSON.parse(text())).toHaveLength(1);
});

test("a change between a render and its subscription is not missed", async () => {
  const { desk, notify } = await handDesk();
  const many = ({ interactions }: Desk) => interactions.getSnapshot().length;
  const { Reading: State } = reading(() => `${useInteraction("E")?.state} `);
  const { Reading: Count } = reading(() => useDeskSelector(many));
  let isFirst = true;
  // A message arrives while React renders the rest of the page.
  const Rest = () => {
    if (isFirst) notify(email("E", "Invited"));
    isFirst = false;
    return null;
  };
  const { text } = show(
    desk,
    <>
      <State />
      <Count />
      <Rest />
    </>,
  );
  expect(text()).toBe("Invited 1");
});

test("outside of a provider each hook throws an error that names the missing provider", () => {
  const uses = {
    useAnomalies,
    useConnection,
    useDesk,
    useDeskSelector: () => useDeskSelector(({ connection }) => connection.state),
    useEnded,
    useInteractions,
    useInvitations,
    useChannel: () => useChannel("chat"),
    useInteraction: () => useInteraction("E"),
  };
  const errors = Object.entries(uses).map(([name, use]) => {
    const { Reading } = reading(use);
    try {
      renderToString(<Reading />);
    } catch (error) {
      if (error instanceof DeskError) return [name, error.code, error.message];
    }
    return [name];
  });
  const message =
    "There is no desk to read: no component above this one provides it. Provide it there by <DeskProvider desk={desk}>.";
  expect(errors).toEqual(Object.keys(uses).map((name) => [name, "no-provider", message]));
});
