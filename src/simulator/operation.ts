import type { ContactCenter } from "./contact-center.ts";
import type { Leg } from "./interaction.ts";

/** The reason why an operation was refused; the codes are those of the Genesys page "Return Values". */
export interface Refusal {
  readonly statusCode: number;
  readonly statusMessage: string;
}

/** The JSON object of a request; its fields can have any value. */
export type RequestBody = Readonly<Record<string, unknown>>;

export interface OperationCall {
  readonly center: ContactCenter;
  readonly leg: Leg;
  readonly body: RequestBody;
}

export interface Operation {
  /** The capability that the leg must have; in 8.5.1 its name is not always the operation's. */
  readonly capability: string;
  /** Executes the operation, or returns the refusal and changes nothing. */
  readonly run: (call: OperationCall) => Refusal | undefined;
}

export function missing(parameter: string, what: string): Refusal {
  return { statusCode: 1, statusMessage: `Required parameter '${parameter}' is missing: give ${what}.` };
}

export function notNow(statusMessage: string): Refusal {
  return { statusCode: 2, statusMessage };
}

export function notFound(statusMessage: string): Refusal {
  return { statusCode: 6, statusMessage };
}

/** Returns the first of these parameters that is a string and not empty. */
export function textParameter(body: RequestBody, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = body[name];
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

export function isObject(value: unknown): value is RequestBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
