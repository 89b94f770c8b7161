// How a desk recovers; after public bug reports, see the issue about outcomes.
import { describe, expect, onTestFinished, test } from "vitest";
import { createDesk, type Clock } from "../../src/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { simulatedTime } from "../link/simulated-time.ts";
import { fetchFrom, settledIn, user, worldDesk } from "./world-desk.ts";
import type { WorldRequest } from "./world-server.ts";

describe("a desk signs in again when the session has expired and the answer is", () => {
  const page = "<!DOCTYPE html><html><body>Sign in</body></html>";
  const recovered = async (change: (response: Response) => Response) => {
    const { desk, server, time } = await worldDesk({
      through: async (_, forward) => {
        const response = await forward();
        return response.status === 401 ? change(response) : response;
      },
    });
    server.expireHttp();
    server.expireComet();
    await time.advance(45_000);
    return { state: desk.connection.state, signIns: server.signIns };
  };
  const live = { state: "Live", signIns: 2 };

  test("401", async () => {
    expect(await recovered((response) => response)).toEqual(live);
  });

  // Only 401 is taken for a lost session.
  test.fails("a redirect to the sign-in page", async () => {
    const redirect = { status: 302, headers: { Location: "/sso/login" } };
    expect(await recovered(() => new Response(null, redirect))).toEqual(live);
  });

  test.fails("the sign-in page", async () => {
    expect(await recovered(() => new Response(page, { headers: { "Content-Type": "text/html" } }))).toEqual(
      live,
    );
  });
});

// A second 403 to the same address is taken for a refused sign-in.
test.fails("a firewall's 403 to one message refuses that operation, and the desk stays Live", async () => {
  const all = await worldDesk({
    through: (request, forward) =>
      /select .+ from/i.test(JSON.stringify(request.body ?? ""))
        ? Promise.resolve(new Response("<h1>Request blocked</h1>", { status: 403 }))
        : forward(),
  });
  const chat = await all.accepted("chat");
  const other = await all.accepted("chat");
  for (let times = 0; times < 2; times++) {
    const sending = chat.actions.Send!({ text: "Please select one from the menu" });
    expect(await all.settled(sending)).toMatchObject({ outcome: "Refused" });
    await all.time.advance(2000);
    expect(all.desk.connection.state).toBe("Live");
  }
  expect(await all.settled(other.actions.Send!({ text: "Hello" }))).toMatchObject({ outcome: "Done" });
});

describe("a server without sessions can be used", () => {
  const started = async (headers: Record<string, string>) => {
    const time = simulatedTime();
    const reply = ({ channel, id, subscription }: Readonly<Record<string, unknown>>) => ({
      channel,
      id,
      subscription,
      successful: true,
      clientId: "client",
      version: "1.0",
      supportedConnectionTypes: ["long-polling"],
      advice: { reconnect: "retry", interval: 100 },
    });
    const serve = ({ headers: sent, body, path }: WorldRequest) => {
      if (!sent.has("authorization")) return Response.json({ statusCode: 20 }, { status: 401, headers });
      if (Array.isArray(body)) return Response.json(body.map(reply), { headers });
      const lists = path === "/me" ? { user: {} } : { channels: [], interactions: [] };
      return Response.json({ statusCode: 0, ...lists }, { headers });
    };
    const desk = createDesk({
      link: gws({
        url: "https://gws.example.com/api/v2",
        credentials: { user, password: "secret" },
        handshakeSpread: 0,
        fetch: fetchFrom((request) => Promise.resolve(serve(request))),
        clock: time,
        random: () => 0.5,
      }),
      clock: time,
      random: () => 0.5,
    });
    onTestFinished(() => settledIn(time, desk.stop()));
    const starting = desk.start().then(
      () => "started",
      ({ code }: { readonly code: string }) => code,
    );
    const result = await settledIn(time, starting);
    await time.advance(1000);
    return [result, desk.connection.state];
  };

  test("when it sets no cookie", async () => {
    expect(await started({})).toEqual(["started", "Live"]);
  });

  // Any cookie is taken for a session, so that the credentials are not sent again.
  test.fails("when a load balancer in front of it sets a cookie of its own", async () => {
    expect(await started({ "Set-Cookie": "AWSALB=x1; Path=/" })).toEqual(["started", "Live"]);
  });
});

describe("a date in Retry-After is read against the date of the answer", () => {
  /** Returns the milliseconds between two requests to a server that asks to wait for three seconds. */
  const waited = async (offset: number) => {
    const time = simulatedTime();
    const clock: Clock = { ...time, now: () => time.now() + offset };
    const askedAt: number[] = [];
    const date = (ms: number) => new Date(ms).toUTCString();
    const serve = () => {
      const now = time.now();
      askedAt.push(now);
      const headers = { Date: date(now), "Retry-After": date(now + 3000) };
      return Promise.resolve(new Response("", { status: 503, headers }));
    };
    const desk = createDesk({
      link: gws({
        url: "https://gws.example.com/api/v2",
        credentials: { user, password: "secret" },
        fetch: fetchFrom(serve),
        clock,
        random: () => 0.01,
      }),
      clock,
    });
    onTestFinished(() => settledIn(time, desk.stop()));
    void desk.start();
    await time.until("the desk asks again", () => askedAt.length >= 2);
    return (askedAt[1]! - askedAt[0]!) / 1000;
  };

  test("when the machine's clock is right", async () => {
    expect(await waited(0)).toBeCloseTo(3, 0);
  });

  // It is read against the machine's own clock.
  test.fails.each([-20_000, 600_000])("when the machine's clock is %d ms off", async (offset) => {
    expect(await waited(offset)).toBeCloseTo(3, 0);
  });
});
