import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { drawn } from "../inspect/drawn.ts";
import { eventually } from "./eventually.ts";
import type {} from "./inspector-window/main.ts";
import { useDevelopmentServer } from "./use-app.ts";
import { accept, goReady, sendMessage, useDemo } from "./use-demo.ts";

const openDemo = useDemo(() => useDevelopmentServer("demo", ["@statelyai/inspect"]));
const folder = fileURLToPath(new URL("./inspector-window/", import.meta.url));

test("Stately's inspector, attached in the middle of the work, draws in its window what the desk does", async () => {
  const demo = await openDemo();
  const { page, simulator, button } = demo;
  await goReady(demo);
  const chat = simulator.customers.chat({ nickname: "Mia", subject: "A puncture, again" });
  await accept(demo);

  const [inspector] = await Promise.all([
    page.waitForEvent("popup"),
    page.addScriptTag({ type: "module", url: `/@fs${folder}attach.ts` }),
  ]);
  const seen = async () => drawn(await inspector.evaluate(() => window.received));
  const states = async (name: string) => (await seen())[name]?.states;

  await inspector.waitForFunction(() => window.received?.length > 0);
  await eventually("those who live are announced with their states", async () => {
    const actors = Object.keys(await seen());
    return ["connection", "email", "chat", chat.id].every((name) => actors.includes(name));
  });
  expect(await states("connection")).toEqual(["Live"]);
  expect(await states(chat.id)).toEqual(["Accepted"]);

  const email = simulator.customers.email({ subject: "While it was looked at" });
  await eventually("the offer is drawn", async () => (await states(email.id))?.at(-1) === "Invited");
  simulator.revoke(email.id);
  await eventually("its end is drawn", async () => (await states(email.id))?.at(-1) === "Ended.Revoked");
  await sendMessage(demo, "No inspector reads this.");
  await button("Leave chat").click();
  await eventually("the chat has ended", async () => (await states(chat.id))?.at(-1) !== "Accepted");
  expect((await seen())[chat.id]?.machine.id).toBe("chat");

  const received = JSON.stringify(await inspector.evaluate(() => window.received));
  for (const secret of ["Mia", "A puncture", "No inspector", "While it was", "secret-agent1"]) {
    expect(received).not.toContain(secret);
  }
  expect(demo.complaints).toEqual([]);
});
