import { expect, test } from "vitest";
import { acceptedEmail, ready, running } from "./running.ts";
import { text } from "./test-agent.ts";

test("a reply is a second interaction, composed and sent, while the first stays", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  expect((await run.ana.operate(id, "Reply", { text: "We send a new one." })).body).toEqual({
    statusCode: 0,
  });
  const [message, ...others] = await run.ana.catchUp();
  expect(others).toEqual([]);
  const reply = message?.data["interaction"];
  expect(reply).toMatchObject({
    state: "Composing",
    type: "Outbound",
    subType: "OutboundReply",
    parentId: id,
    capabilities: ["Send", "Cancel", "UpdateUserData", "AttachUserData", "DeleteUserData"],
    content: {
      text: "We send a new one.",
      fromAddress: "support@lindenrad.example",
      toAddress: "zoe@mail.example",
      subject: "Re: Light",
    },
  });
  const [parent, outbound] = run.simulator.snapshot("agent1").interactions;
  expect([parent?.state, outbound?.state]).toEqual(["Accepted", "Composing"]);
  expect(outbound?.threadId).toBe(parent?.threadId);

  const replyId = text(reply?.["id"]);
  expect((await run.ana.operate(replyId, "Send", { subject: "Your light" })).body).toEqual({ statusCode: 0 });
  const [sent] = await run.ana.catchUp();
  expect(sent?.data).toMatchObject({
    id: replyId,
    state: "Sent",
    capabilities: [],
    interactionType: "Outbound",
  });
  expect(run.simulator.snapshot("agent1").interactions.map((live) => live.id)).toEqual([id]);
});

test("the customer gets each sent reply once, and none that was cancelled", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "email");
  const email = simulator.customers.email();
  await ana.operate(email.id, "Accept");
  await ana.operate(email.id, "Reply");
  await ana.operate(email.id, "ReplyAll");
  const replies = simulator.snapshot("agent1").interactions.filter(({ parentId }) => parentId === email.id);
  const [first, second] = replies.map(({ id }) => id) as [string, string];
  await ana.operate(first, "Send", { email: { bodyAsPlainText: "Yes" } });
  expect((await ana.operate(first, "Send")).body["statusCode"]).toBe(2);
  expect((await ana.operate(second, "Cancel")).body).toEqual({ statusCode: 0 });
  expect((await ana.operate(second, "Send")).body["statusCode"]).toBe(2);
  expect(email.replies.map((reply) => reply.text)).toEqual(["Yes"]);
  expect((await ana.states()).slice(-2)).toEqual([`Sent ${first}`, `Canceled ${second}`]);
});

test.each(["StopProcessing", "Complete"])("%s ends an accepted email", async (operationName) => {
  const run = await running();
  const id = await acceptedEmail(run);
  expect((await run.ana.operate(id, operationName)).body).toEqual({ statusCode: 0 });
  const [ended] = await run.ana.catchUp();
  expect(ended?.data).toMatchObject({ id, state: "Completed", capabilities: [] });
  expect(run.simulator.snapshot("agent1").interactions).toEqual([]);
});

test("placing an email in the workbin takes it out of the list", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "email");
  const email = simulator.customers.email();
  await ana.operate(email.id, "Accept");
  await ana.operate(email.id, "PlaceInWorkbin");
  expect(email.state).toBe("InWorkbin");
  expect((await ana.states()).at(-1)).toBe(`Completed ${email.id}`);
  expect(simulator.snapshot("agent1").interactions).toEqual([]);
});

test("what the capabilities do not grant is refused and changes nothing", async () => {
  const run = await running();
  await ready(run.ana, "email");
  const { id } = run.simulator.customers.email();
  await run.ana.catchUp();
  for (const operationName of ["Reply", "StopProcessing", "AttachUserData", "Transfer", "Send"]) {
    const reply = await run.ana.operate(id, operationName, { userData: { a: 1 }, targetUri: "agent2" });
    expect([reply.status, reply.body]).toEqual([200, { statusCode: 2, statusMessage: expect.any(String) }]);
  }
  await run.ana.operate(id, "Accept");
  expect((await run.ana.operate(id, "Accept")).body["statusCode"]).toBe(2);
  expect((await run.ana.operate(id, "Reject")).body["statusCode"]).toBe(2);
  expect(await run.ana.states()).toEqual([`Accepted ${id}`]);
});

test("an operation without a name, or with one that an email does not have, is refused", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  expect((await run.ana.post(`/me/interactions/${id}`, {})).body["statusCode"]).toBe(1);
  const unknown = await run.ana.operate(id, "LeaveChat");
  expect([unknown.status, unknown.body["statusCode"]]).toEqual([404, 6]);
});

test("an email is queued, offered and ended in the customer's eyes too", async () => {
  const { simulator, ana } = await running();
  const email = simulator.customers.email();
  const seen = [email.state];
  await ready(ana, "email");
  seen.push(email.state);
  await ana.operate(email.id, "Accept");
  seen.push(email.state);
  await ana.operate(email.id, "Complete");
  seen.push(email.state);
  expect(seen).toEqual(["Queued", "Invited", "Accepted", "Ended"]);
});
