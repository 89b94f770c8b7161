import {
  createBrowserInspector,
  createBrowserReceiver,
  type StatelyInspectionEvent,
} from "@statelyai/inspect";
import { inspectDesk } from "deskstate/inspect";
import { Window } from "happy-dom";
import { expect, onTestFinished, test, vi } from "vitest";
import { until } from "../link/until.ts";
import { chat, email, handDesk } from "../desk/hand-desk.ts";
import { drawn } from "./drawn.ts";

function windowAt(url: string): Window {
  const made = new Window({ url });
  onTestFinished(() => made.happyDOM.close());
  return made;
}

/** An application's window, whose inspector opens a window in which Stately's own receiver runs. */
function twoWindows() {
  const application = windowAt("http://localhost/");
  const picture = windowAt("http://localhost/inspect");
  vi.spyOn(application, "open").mockReturnValue(picture as never);
  Object.defineProperty(picture, "opener", { value: application });
  const received: StatelyInspectionEvent[] = [];
  const open = () =>
    createBrowserReceiver({ window: picture as never }).subscribe((event) => void received.push(event));
  return { application: application as unknown as globalThis.Window, received, open };
}

test("the browser inspector's window receives the live actors and their events", async () => {
  const { application, received, open } = twoWindows();
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  inspectDesk(desk, createBrowserInspector({ window: application }));
  open();
  notify(email("e", "Accepted"), chat("c", "Invited"));
  await until("the chat arrived", () => drawn(received)["c"]?.states.at(-1) === "Invited");
  expect(drawn(received)).toMatchObject({
    connection: { states: ["Live"], machine: { id: "connection" } },
    e: { states: ["Invited", "Accepted"], machine: { id: "email" } },
    c: { states: ["Unknown", "Invited"], received: ["xstate.init", "Invited"], machine: { id: "chat" } },
  });
});

test("a window that the browser did not open changes nothing for the desk", async () => {
  const { application } = twoWindows();
  vi.spyOn(application, "open").mockReturnValue(null);
  const { desk, notify } = await handDesk();
  inspectDesk(desk, createBrowserInspector({ window: application }));
  for (let count = 0; count < 300; count++) notify(email("e", "PropertiesChanged"));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(desk.anomalies.getSnapshot()).toEqual([]);
});

test("an inspector with its own transport, as Stately's cloud has, receives the same", async () => {
  const { application } = twoWindows();
  const received: StatelyInspectionEvent[] = [];
  const { desk, notify } = await handDesk();
  inspectDesk(desk, createBrowserInspector({ window: application, send: (event) => received.push(event) }));
  notify(email("e", "Invited"));
  await until("the email arrived", () => drawn(received)["e"]?.states.at(-1) === "Invited");
  expect(Object.keys(drawn(received))).toEqual(["connection", "email", "chat", "e"]);
});

test("on a server, where there is no window, the browser inspector receives nothing, and the desk is not inspected", async () => {
  const complaint = vi.spyOn(console, "error").mockReturnValue();
  const inspector = createBrowserInspector();
  expect(complaint).toHaveBeenCalledOnce();
  const { desk, notify } = await handDesk();
  const inspecting = vi.fn(desk.inspect);
  const leave = inspectDesk({ ...desk, inspect: inspecting }, inspector);
  notify(email("e", "Invited"));
  leave();
  expect(inspecting).not.toHaveBeenCalled();
});
