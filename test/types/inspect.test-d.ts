import { createBrowserInspector, createSkyInspector, createWebSocketInspector } from "@statelyai/inspect";
import type { InspectionEvent } from "xstate";
import { createDesk, type Desk, type Link, type Vocabulary } from "../../src/index.ts";
import { inspectDesk, maskText, includeCustomerData } from "../../src/inspect/index.ts";

// Checked by `npm run types`: any inspector is accepted, and customer data needs an explicit redactor.

export function statelysInspectorsAreTakenAsTheyAre(desk: Desk, link: Link): void {
  inspectDesk(desk, createBrowserInspector());
  inspectDesk(desk, createWebSocketInspector({ url: "ws://localhost:8080" }));
  inspectDesk(desk, createSkyInspector());
  desk.inspect(createBrowserInspector().inspect);
  createDesk({ link, inspect: createBrowserInspector().inspect });
}

export function anyObserverIsTaken(desk: Desk): void {
  const detach: () => void = inspectDesk(desk, ({ type }: InspectionEvent) => type);
  inspectDesk(desk, { next: ({ rootId }) => rootId }).unsubscribe();
  // @ts-expect-error not an inspector
  inspectDesk(desk, "ws://localhost:8080");
  // @ts-expect-error an observer of something else
  inspectDesk(desk, (count: number) => count);
  void detach;
}

export function aRedactorSeesTheSnapshot(desk: Desk): void {
  inspectDesk(desk, () => {}, { data: ({ userData }) => userData["Subject"] });
  inspectDesk(desk, () => {}, { data: (one) => (one.kind === "chat" ? one.transcript.length : one.id) });
  inspectDesk(desk, () => {}, { data: maskText });
  inspectDesk(desk, () => {}, { data: includeCustomerData });
  // @ts-expect-error to show data takes a redactor
  inspectDesk(desk, () => {}, { data: true });
  // @ts-expect-error an interaction has no password
  inspectDesk(desk, () => {}, { data: ({ password }) => password });
}

export function theChartsAreTheFour(desk: Desk): void {
  inspectDesk(desk, () => {}, { only: ({ chart, id }) => chart === "chat" && id === "1" });
  inspectDesk(desk, () => {}, { only: ({ chart }) => chart === "connection" });
}

export function aDeskOfAnyVocabularyIsTaken<Words extends Vocabulary>(desk: Desk<Words>): void {
  inspectDesk(desk, () => {}, { data: maskText });
}
