// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { chat, email, joined, said, transcript } from "../desk/hand-desk.ts";
import { showPage, usePage } from "./shown-page.tsx";

usePage();

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const message = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message to the customer" });
const log = () => screen.getByRole("log", { name: "Transcript" }).textContent;

async function acceptedChat() {
  const page = await showPage();
  await page.happen(() => page.notify(chat("c", "Accepted", transcript(2, ...joined))));
  const type = (text: string) => page.happen(() => fireEvent.change(message(), { target: { value: text } }));
  const pressEnter = (more: object = {}) =>
    page.happen(() => fireEvent.keyDown(message(), { key: "Enter", ...more }));
  const operations = () => page.asked.map(({ operation, parameters }) => ({ operation, ...parameters }));
  return { ...page, type, pressEnter, operations };
}

test("a transcript shows messages with their senders, arrivals, and who is typing", async () => {
  const { happen, notify } = await acceptedChat();
  const typing = {
    id: 4,
    messageType: "NOTICE",
    userId: "c",
    noticeType: "TypingStarted",
    visibility: "All",
  };
  await happen(() => notify(chat("c", "PropertiesChanged", transcript(4, said(3, "c", "Hello?"), typing))));
  expect(log()).toContain("Mia joined");
  expect(log()).toContain("MiaHello?");
  expect(log()).toContain("Mia is typing");
});

test("a gap in a transcript is shown", async () => {
  const { happen, notify } = await acceptedChat();
  await happen(() => notify(chat("c", "PropertiesChanged", transcript(5, said(5, "c", "There?")))));
  expect(log()).toContain("Events 3 to 4 are missing");
});

test("the customer is notified once that the agent types, and that they stopped when no text is left", async () => {
  const { asked, happen, operations, type } = await acceptedChat();
  await type("H");
  await happen(() => asked[0]?.answer({ kind: "acknowledged" }));
  await type("Hi");
  expect(operations()).toEqual([{ operation: "SendNotification", noticeType: "TypingStarted" }]);
  await type("");
  expect(operations().at(-1)).toEqual({ operation: "SendNotification", noticeType: "TypingStopped" });
});

test("Enter sends, and the text stays until the server confirms it", async () => {
  const { asked, happen, notify, operations, pressEnter, type } = await acceptedChat();
  await type("On its way.");
  await pressEnter({ shiftKey: true });
  expect(operations().filter(({ operation }) => operation === "Send")).toEqual([]);
  await pressEnter();
  expect(operations().at(-1)).toEqual({ operation: "Send", text: "On its way." });
  expect(message().value).toBe("On its way.");
  await happen(() => asked.at(-1)?.answer({ kind: "acknowledged" }));
  await happen(() => notify(chat("c", "PropertiesChanged", transcript(3, said(3, "a", "On its way.")))));
  expect(message().value).toBe("");
  expect(log()).toContain("AnaOn its way.");
});

test("a refused text stays and can be sent again", async () => {
  const { asked, happen, pressEnter, type } = await acceptedChat();
  await type("Hello");
  await pressEnter();
  await happen(() => asked.at(-1)?.answer({ kind: "refused", code: 4, message: "No." }));
  expect(message().value).toBe("Hello");
});

test("an unsent text stays while another interaction is shown", async () => {
  const { happen, notify, press, type } = await acceptedChat();
  await type("Half a sen");
  await happen(() => notify(email("other", "Accepted", { userData: { Subject: "Other" } })));
  await press(button(/Other/));
  await press(button(/Mia/));
  expect(message().value).toBe("Half a sen");
});

test("a reply is written, sent, and leads back to the email that it answers", async () => {
  const { asked, happen, notify, press } = await showPage();
  const content = {
    text: "Hello?",
    fromAddress: "zoe@mail.example",
    toAddress: "shop@x.example",
    subject: "Tyres",
  };
  await happen(() => notify(email("e", "Accepted", { content, threadId: "t" })));
  expect(screen.getByRole("article", { name: "Email" }).textContent).toContain("Hello?");
  await press(button("Reply"));
  await happen(() => asked[0]?.answer({ kind: "acknowledged" }));
  const reply = { text: "", toAddress: "zoe@mail.example", subject: "Re: Tyres" };
  const outbound = {
    type: "Outbound",
    parentId: "e",
    threadId: "t",
    capabilities: ["Send", "Cancel"],
    content: reply,
  };
  await happen(() => notify(email("r", "Composing", outbound)));

  const form = within(screen.getByRole("form", { name: "Reply" }));
  const text = form.getByRole("textbox", { name: "Text of the reply" });
  expect(document.activeElement).toBe(text);
  expect(form.getByRole<HTMLInputElement>("textbox", { name: "To" }).value).toBe("zoe@mail.example");
  expect(form.getByRole("button", { name: "Send" }).getAttribute("aria-disabled")).toBe("true");
  await happen(() => fireEvent.change(text, { target: { value: "It is on its way." } }));
  await happen(() => fireEvent.keyDown(text, { key: "Enter", ctrlKey: true }));
  expect(asked[1]).toMatchObject({
    operation: "Send",
    parameters: { text: "It is on its way.", subject: "Re: Tyres" },
  });
  await happen(() => asked[1]?.answer({ kind: "acknowledged" }));
  await happen(() => notify(email("r", "Sent")));
  expect(screen.getByRole("article", { name: "Email" }).textContent).toContain("Hello?");
});

test("user data is edited in place: Enter asks the server, Escape does not", async () => {
  const { asked, happen, notify, press } = await showPage();
  await happen(() => notify(email("e", "Accepted", { userData: { Priority: 1, Old: "x" } })));
  const edit = async (text: string) => {
    await press(button("Edit Priority: 1"));
    const field = screen.getByRole("textbox", { name: "Value of Priority" });
    fireEvent.change(field, { target: { value: text } });
    return field;
  };
  await happen(async () => fireEvent.keyDown(await edit("2"), { key: "Escape" }));
  expect(asked).toEqual([]);
  await edit("3");
  await happen(() => fireEvent.submit(screen.getByRole("form", { name: "Edit Priority" })));
  await press(button("Delete Old"));
  expect(asked).toMatchObject([
    { operation: "UpdateUserData", parameters: { userData: { Priority: 3 } } },
    { operation: "DeleteUserData", parameters: { keys: ["Old"] } },
  ]);
  expect(button("Edit Priority: 1").getAttribute("aria-disabled")).toBe("true");
});

test("a new entry is attached", async () => {
  const { asked, happen, notify } = await showPage();
  await happen(() => notify(email("e", "Accepted")));
  fireEvent.change(screen.getByRole("textbox", { name: "New key" }), { target: { value: "Refund" } });
  fireEvent.change(screen.getByRole("textbox", { name: "New value" }), { target: { value: "yes" } });
  await happen(() => fireEvent.submit(screen.getByRole("form", { name: "New entry" })));
  expect(asked).toMatchObject([{ operation: "AttachUserData", parameters: { userData: { Refund: "yes" } } }]);
});

test("where the server grants no editing there is none", async () => {
  const { happen, notify } = await showPage();
  await happen(() => notify(email("e", "Invited", { userData: { Priority: 1 } })));
  expect(screen.queryByRole("button", { name: /^Edit/ })).toBeNull();
  expect(screen.queryByRole("form", { name: "New entry" })).toBeNull();
});
