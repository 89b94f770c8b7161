import { expect, test } from "vitest";
import { OfferTimes } from "../../demo/desk/offer-times.ts";
import { email, handDesk } from "../desk/hand-desk.ts";

test("the time of an offer is when it was first seen, however often it is repeated", async () => {
  const { clock, desk, notify } = await handDesk();
  const start = clock.now();
  const offers = new OfferTimes(desk);
  offers.follow();
  notify(email("e", "Invited"));
  clock.advance(5_000);
  notify(email("f", "Invited"));
  notify(email("e", "Invited"));
  expect(offers.of("e")).toEqual({ time: start, isExact: true });
  expect(offers.of("f")).toEqual({ time: start + 5_000, isExact: true });
});

test("an offer that was found in the server's list may be older", async () => {
  const { clock, desk, list, regainLink } = await handDesk({ isLive: false });
  const offers = new OfferTimes(desk);
  offers.follow();
  list.interactions = [email("e", "Invited")];
  await regainLink();
  expect(desk.connection.state).toBe("Live");
  expect(offers.of("e")).toEqual({ time: clock.now(), isExact: false });
});

test("an offer that comes again after it was revoked is a new one", async () => {
  const { clock, desk, notify } = await handDesk();
  const start = clock.now();
  const offers = new OfferTimes(desk);
  offers.follow();
  notify(email("e", "Invited"));
  notify(email("e", "Revoked"));
  clock.advance(900);
  expect(offers.of("e").time).toBe(start + 900);
});
