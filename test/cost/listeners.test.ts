import { expect, test } from "vitest";
import { chat } from "../desk/hand-desk.ts";
import { countVisits } from "./count-visits.ts";
import { beginning, crowd, type Crowd } from "./crowd.ts";

/** Subscribes to everything, and returns a function that resets and returns the calls. */
function listenEverywhere({ desk, ids, chat: chatOf }: Crowd): () => Record<string, number> {
  let calls: Record<string, number> = {};
  const count = (name: string) => () => {
    calls[name] = (calls[name] ?? 0) + 1;
  };
  for (const id of ids) chatOf(id).subscribe(count(id));
  for (const list of [
    "interactions",
    "invitations",
    "ended",
    "channels",
    "connection",
    "anomalies",
  ] as const) {
    desk[list].subscribe(count(list));
  }
  for (const name of ["email", "chat"]) desk.channel(name).subscribe(count(`channel ${name}`));
  desk.changes.subscribe(count("changes"));
  return () => {
    const received = calls;
    calls = {};
    return received;
  };
}

test("of 1,000 that are watched, only the one that a message is about notifies", async () => {
  const desk = await crowd(1000);
  const received = listenEverywhere(desk);
  desk.notify(desk.update("chat500", 4));
  expect(received()).toEqual({ chat500: 1, changes: 1 });
  desk.notify(desk.update("chat7", 4, { userData: { Subject: "other" } }));
  expect(received()).toEqual({ chat7: 1, changes: 1 });
});

test("a message that changes nothing notifies no listener", async () => {
  const desk = await crowd(1000);
  desk.notify(desk.update("chat3", 6));
  const received = listenEverywhere(desk);
  desk.notify(desk.update("chat3", 6), desk.update("chat3", 5), ...beginning("chat3"));
  const ready = {
    channel: "/v2/me/channels",
    data: { channels: [{ channel: "chat", userState: { state: "Ready" } }] },
  };
  desk.deliver(ready);
  expect(received()).toEqual({ "channel chat": 1, changes: 1 });
  desk.deliver(ready, ready);
  expect(received()).toEqual({});
});

test("the lists notify when they change, and only those that do", async () => {
  const desk = await crowd(1000);
  const received = listenEverywhere(desk);
  const [offer, acceptance] = beginning("new");
  desk.notify(offer!);
  expect(received()).toEqual({ interactions: 1, invitations: 1, changes: 1 });
  desk.notify(acceptance!);
  expect(received()).toEqual({ invitations: 1, changes: 1 });
  desk.notify(chat("new", "Completed"));
  expect(received()).toEqual({ interactions: 1, ended: 1, changes: 1 });
});

test("losing the link notifies each once, except interactions that had no actions", async () => {
  const desk = await crowd(20);
  desk.notify(chat("chat0", "Completed"));
  const received = listenEverywhere(desk);
  desk.loseLink();
  const { chat0, chat1, connection } = received();
  expect({ chat0, chat1, connection }).toEqual({ chat0: undefined, chat1: 1, connection: 1 });
});

test("a listener that unsubscribed is not called again, and leaves nothing to walk through", async () => {
  const desk = await crowd(1);
  let calls = 0;
  const comeAndGo = (times: number) => {
    const { interactions, changes, connection } = desk.desk;
    for (let count = 0; count < times; count++) {
      for (const watched of [interactions, changes, connection, desk.chat("chat0")]) {
        watched.subscribe(() => calls++).unsubscribe();
      }
    }
  };
  comeAndGo(1);
  const visits = (currentQueue: string) => {
    const message = desk.update("chat0", 3, { currentQueue });
    return countVisits(() => desk.notify(message));
  };
  const once = visits("one");
  comeAndGo(1000);
  expect([visits("other"), calls]).toEqual([once, 0]);
});
