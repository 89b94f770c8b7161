export { inspectDesk } from "./inspect-desk.ts";
export type { InspectedActor, InspectOptions, Inspector } from "./inspect-desk.ts";
export { maskText, includeCustomerData as revealCustomerData } from "./redactors.ts";
export type { Known } from "./redactors.ts";
