// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { createDesk, type Desk } from "deskstate";
import { gws } from "deskstate/gws";
import { DeskProvider } from "deskstate/react";
import { createSimulator, type Simulator } from "deskstate/simulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Offers } from "./offers.tsx";

let simulator: Simulator;
let desk: Desk;

beforeEach(async () => {
  simulator = createSimulator({ seed: 7, offerTimeout: 0 });
  await simulator.start();
  const [ana] = simulator.agents;
  desk = createDesk({ link: gws({ url: simulator.url, credentials: ana! }) });
  await desk.start();
  await desk.channel("chat").actions.Ready?.();
  render(<Offers />, {
    wrapper: ({ children }) => <DeskProvider desk={desk}>{children}</DeskProvider>,
  });
});

afterEach(async () => {
  cleanup();
  await desk.stop();
  await simulator.stop();
});

const button = () => screen.findByRole("button", { name: "A puncture, again" });
const statesAtServer = () => simulator.snapshot("agent1").interactions.map(({ state }) => state);

test("the button of an offer accepts the chat", async () => {
  simulator.customers.chat({ subject: "A puncture, again" });
  fireEvent.click(await button());
  await waitFor(() => expect(statesAtServer()).toEqual(["Accepted"]));
  await waitFor(() => expect(screen.queryByRole("button")).toBeNull());
});

test("a revoked offer is removed together with its button", async () => {
  const customer = simulator.customers.chat({ subject: "A puncture, again" });
  await button();
  simulator.revoke(customer.id);
  await waitFor(() => expect(screen.queryByRole("listitem")).toBeNull());
  expect(desk.interaction(customer.id)?.outcome).toBe("Revoked");
});
