import { expect, test } from "vitest";
import { OfferTimes } from "../../demo/desk/offer-times.ts";
import { email, handDesk } from "../desk/hand-desk.ts";

test("the time of an offer is when it was first seen, however often it is repeated", async () => {
  const { desk, notify } = await handDesk();
  let now = 100;
  const offers = new OfferTimes(desk, () => now);
  offers.follow();
  notify(email("e", "Invited"));
  now = 5_000;
  notify(email("f", "Invited"));
  notify(email("e", "Invited"));
  expect(offers.of("e")).toEqual({ time: 100, isExact: true });
  expect(offers.of("f")).toEqual({ time: 5_000, isExact: true });
});

test("an offer that was found in the server's list may be older", async () => {
  const { desk, list, regainLink } = await handDesk({ isLive: false });
  const offers = new OfferTimes(desk, () => 100);
  offers.follow();
  list.interactions = [email("e", "Invited")];
  await regainLink();
  expect(desk.connection.state).toBe("Live");
  expect(offers.of("e")).toEqual({ time: 100, isExact: false });
});

test("an offer that comes again after it was revoked is a new one", async () => {
  const { desk, notify } = await handDesk();
  let now = 100;
  const offers = new OfferTimes(desk, () => now);
  offers.follow();
  notify(email("e", "Invited"));
  notify(email("e", "Revoked"));
  now = 900;
  expect(offers.of("e").time).toBe(900);
});
