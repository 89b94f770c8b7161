import type { Dialect } from "../dialects/dialect.ts";
import { describe } from "../domain/anomaly.ts";
import type { Clock } from "../domain/clock.ts";
import { DeskError } from "../domain/error.ts";
import * as errorText from "../domain/error-text.ts";
import type { Random } from "../domain/random.ts";
import type { StandardVocabulary, Vocabulary } from "../domain/vocabulary.ts";
import type { Credentials } from "./http-session.ts";

/** How to reach a server. */
export interface GwsOptions<Words extends Vocabulary = StandardVocabulary> {
  /** The base of the API, such as `https://gws.example.com/api/v2`; without user, password, query or fragment. */
  readonly url: string;
  /** Who the agent is, or a function that tells when it is asked; it is asked at each sign-in. */
  readonly credentials: Credentials | (() => Credentials | Promise<Credentials>);
  /** The generation of the server; default `gws851`. */
  readonly dialect?: Dialect<Words>;
  /** Accept plain `http:` to a machine other than this one. Passwords then travel in clear. Default false. */
  readonly allowInsecure?: boolean;
  /** Milliseconds for an answer, beyond the time that the server holds a connect; 100 to 120,000, default 10,000. */
  readonly requestTimeout?: number;
  /** Milliseconds over which desks spread their handshakes after a server restart; 0 to 600,000, default 5,000. */
  readonly handshakeSpread?: number;
  /** The longest answer that is read, in bytes; default 16 MiB. */
  readonly mostBytes?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
  readonly random?: Random;
}

const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Checks the options. @returns the base URL without a slash at its end. @throws DeskError */
export function checkOptions(options: GwsOptions<Vocabulary>): string {
  const given: unknown = options;
  if (typeof given !== "object" || given === null) throw invalid("options", "an object", given);
  const { url, credentials, requestTimeout, handshakeSpread, mostBytes } = options;
  if (typeof url !== "string" || !URL.canParse(url))
    throw invalid("url", "an absolute http or https address", url);
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") {
    throw invalid("url", "an absolute http or https address", url);
  }
  if (parsed.username !== "" || parsed.password !== "")
    throw new DeskError("invalid-options", errorText.urlWithSecrets());
  if (parsed.search !== "" || parsed.hash !== "")
    throw invalid("url", "an address without query and fragment", url);
  if (parsed.protocol === "http:" && !loopback.test(parsed.hostname) && options.allowInsecure !== true) {
    throw new DeskError("insecure-url", errorText.insecureUrl(parsed.hostname));
  }
  if (typeof credentials !== "function") checkCredentials(credentials);
  checkNumber("requestTimeout", requestTimeout, 100, 120_000);
  checkNumber("handshakeSpread", handshakeSpread, 0, 600_000);
  checkNumber("mostBytes", mostBytes, 1024, 1024 ** 3);
  return parsed.href.replace(/\/+$/, "");
}

/** @throws DeskError `invalid-options`; the message never quotes a password. */
export function checkCredentials(credentials: unknown): asserts credentials is Credentials {
  const { user, password } = (credentials ?? {}) as Partial<Record<string, unknown>>;
  if (typeof user !== "string" || user === "" || user.includes(":")) {
    throw invalid("credentials.user", "text that is not empty and holds no colon", user);
  }
  if (typeof password !== "string") throw invalid("credentials.password", "text", undefined);
}

function checkNumber(name: string, value: unknown, least: number, most: number): void {
  if (value === undefined) return;
  if (typeof value !== "number" || !(value >= least) || !(value <= most)) {
    throw invalid(name, `a number from ${least} to ${most}`, value);
  }
}

function invalid(name: string, expected: string, value: unknown): DeskError {
  return new DeskError("invalid-options", errorText.option(name, expected, describe(value)));
}
