// @vitest-environment happy-dom
import { memo } from "react";
import { expect, test } from "vitest";
import {
  useChannel,
  useConnection,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/react";
import { beginning, crowd } from "../cost/crowd.ts";
import { chat } from "../desk/hand-desk.ts";
import { happen, show, tidy } from "./view.tsx";

tidy();

/** Returns a page with a row for each interaction, and counts the renders of each part since the last call. */
function desktop() {
  let counts: Record<string, number> = {};
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const Row = memo(({ id }: { readonly id: string }) => {
    count(id);
    const found = useInteraction(id);
    return <li>{found?.kind === "chat" ? found.transcript.length : null}</li>;
  });
  const Subject = memo(({ id }: { readonly id: string }) => {
    count(`subject of ${id}`);
    return <li>{useInteraction(id, (found) => found?.userData["Subject"])?.toString()}</li>;
  });
  const List = () => {
    count("list");
    return useInteractions().flatMap(({ id }) => [
      <Row key={id} id={id} />,
      <Subject key={`s${id}`} id={id} />,
    ]);
  };
  const Offers = () => (count("offers"), useInvitations((list) => list.length));
  const Ended = () => (count("ended"), useEnded((list) => list.length));
  const Channel = () => (count("channel"), useChannel("chat", ({ state }) => state));
  const Connection = () => (count("connection"), useConnection().state);
  return {
    all: (
      <>
        <List /> <Offers /> <Ended /> <Channel /> <Connection />
      </>
    ),
    rendered: () => {
      const rendered = counts;
      counts = {};
      return rendered;
    },
  };
}

test("with 1,000 rows, only components that read a changed value re-render", async () => {
  const many = await crowd(1000);
  const { all, rendered } = desktop();
  const view = show(many.desk, all);
  expect(Object.values(rendered())).toEqual(Array.from({ length: 2005 }, () => 1));

  // A parent of the provider re-renders for a reason of its own.
  view.show(all);
  expect(rendered()).toEqual({});

  await happen(() => many.notify(many.update("chat500", 4)));
  expect(rendered()).toEqual({ chat500: 1 });

  await happen(() => many.notify(many.update("chat7", 4, { userData: { Subject: "another" } })));
  expect(rendered()).toEqual({ chat7: 1, "subject of chat7": 1 });

  await happen(() => many.notify(many.update("chat7", 4, { userData: { Subject: "another" } })));
  expect(rendered()).toEqual({});

  const [offer, acceptance] = beginning("new");
  await happen(() => many.notify(offer!));
  expect(rendered()).toEqual({ list: 1, offers: 1, new: 1, "subject of new": 1 });
  await happen(() => many.notify(acceptance!));
  expect(rendered()).toEqual({ offers: 1, new: 1 });
  await happen(() => many.notify(chat("new", "Completed")));
  expect(rendered()).toEqual({ list: 1, ended: 1 });

  await happen(() =>
    many.deliver({
      channel: "/v2/me/channels",
      data: { channels: [{ channel: "chat", userState: { state: "Ready" } }] },
    }),
  );
  expect(rendered()).toEqual({ channel: 1 });
});

test("a burst of messages about one interaction re-renders its row once", async () => {
  const many = await crowd(1000);
  const { all, rendered } = desktop();
  show(many.desk, all);
  rendered();
  await happen(() => {
    for (let event = 4; event < 54; event++) many.notify(many.update("chat3", event));
  });
  expect(rendered()).toEqual({ chat3: 1 });
});

test("a lost connection re-renders each row once, and no component whose selected value is the same", async () => {
  const many = await crowd(50);
  const { all, rendered } = desktop();
  show(many.desk, all);
  rendered();
  await happen(many.loseLink);
  const { connection, chat0, chat49, list, "subject of chat0": subject } = rendered();
  expect({ connection, chat0, chat49, list, subject }).toEqual({
    connection: 1,
    chat0: 1,
    chat49: 1,
    list: undefined,
    subject: undefined,
  });
});
