import { expect, test } from "vitest";
import { acceptedEmail, ready, running } from "./running.ts";

test("an agent can neither read nor operate interactions of another agent", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  await ready(run.ben, "email");
  expect(await run.ben.states()).toEqual([]);
  expect((await run.ben.get("/me/interactions?fields=*")).body["interactions"]).toEqual([]);
  expect((await run.ben.get(`/me/interactions/${id}`)).status).toBe(404);
  for (const operationName of ["Reply", "StopProcessing", "Nonsense"]) {
    const reply = await run.ben.operate(id, operationName);
    expect([reply.status, reply.body["statusCode"]]).toEqual([404, 6]);
    expect(reply.body).toEqual((await run.ben.operate("0000NEVERTHERE00", operationName)).body);
  }
  expect(run.simulator.snapshot("agent1").interactions[0]?.state).toBe("Accepted");
});

test("a CometD session of another agent is unknown, even with its browser cookie", async () => {
  const { simulator, cleo, ben } = await running();
  const clientId = await cleo.handshake();
  ben.cookies.set("BAYEUX_BROWSER", String(cleo.cookies.get("BAYEUX_BROWSER")));
  for (const channel of ["/meta/subscribe", "/meta/connect", "/meta/disconnect"]) {
    const reply = await ben.bayeux([{ channel, clientId, subscription: "/v2/me/interactions", id: "1" }]);
    expect(reply.body).toMatchObject([{ channel, successful: false, error: "402::session_unknown" }]);
  }
  await cleo.subscribe("/v2/me/interactions");
  simulator.notify("agent3", "/v2/me/interactions", { still: "there" });
  expect((await cleo.poll(0)).body).toMatchObject([{ data: { still: "there" } }, { successful: true }]);
});

test("agents cannot publish, so they cannot forge messages for each other", async () => {
  const { cleo, ben } = await running();
  const clientId = await cleo.handshake();
  for (const channel of ["/v2/me/interactions", "/v2/me/other", "/service/x"]) {
    const reply = await cleo.bayeux([{ channel, clientId, data: { state: "Invited" }, id: "1" }]);
    expect(reply.body).toMatchObject([{ channel, successful: false }]);
  }
  expect(await ben.catchUp()).toEqual([]);
});
