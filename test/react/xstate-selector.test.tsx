// @vitest-environment happy-dom
import { act, cleanup, render } from "@testing-library/react";
import { useSelector } from "@xstate/react";
import { afterEach, expect, test } from "vitest";
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";

afterEach(cleanup);

test("useSelector of XState reads the connection, a channel, the lists, the anomalies and an id", async () => {
  const { desk, notify, loseLink } = await handDesk();
  const Reading = () =>
    [
      useSelector(desk.connection, ({ state }) => state),
      useSelector(desk.channel("chat"), ({ name }) => name),
      useSelector(desk.invitations, (list) => list.length),
      useSelector(desk.interactions, (list) => list.length),
      useSelector(desk.ended, (list) => list.length),
      useSelector(desk.anomalies, (list) => list.length),
      useSelector(desk.watch("E"), (found) => found?.state),
    ].join();
  const { container } = render(<Reading />);
  expect(container.textContent).toBe("Live,chat,0,0,0,0,");
  act(() => notify(email("E", "Invited"), chat("C", "Accepted"), chat("C", "Completed")));
  expect(container.textContent).toBe("Live,chat,1,1,1,0,Invited");
  act(() => {
    loseLink();
    notify(chat("C", "Accepted"));
  });
  expect(container.textContent).toBe("Recovering,chat,1,1,1,1,Invited");
});

test("useSelector of XState reads an interaction, and re-renders only when the selected value changes", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("C", "Accepted", transcript(3, ...joined, said(3, "c", "Hello"))));
  const interaction = desk.interaction("C")!;
  let renders = 0;
  const Reading = () => {
    renders++;
    return useSelector(interaction, ({ state }) => state);
  };
  const { container } = render(<Reading />);
  expect(container.textContent).toBe("Accepted");
  act(() => notify(chat("C", "PropertiesChanged", transcript(4, said(4, "c", "Still there?")))));
  expect([container.textContent, renders]).toEqual(["Accepted", 1]);
  act(() => notify(chat("C", "Completed")));
  expect([container.textContent, renders]).toEqual(["Completed", 2]);
});
