export { inspectDesk } from "./inspect-desk.ts";
export type { InspectedActor, InspectOptions, Inspector } from "./inspect-desk.ts";
export { maskText, includeCustomerData } from "./redactors.ts";
