import type { Dialect, ServerOperations, StandardOperations } from "../../dialects/dialect.ts";
import { isObject } from "../../domain/anomaly.ts";
import type { Clock } from "../../domain/clock.ts";
import { DeskError } from "../../domain/error.ts";
import * as errorText from "../../domain/error-text.ts";
import { invalidOption, numberOption } from "../../domain/option.ts";
import type { Random } from "../../domain/random.ts";
import type { Credentials } from "./http-session.ts";

/** The server and the limits of a link. */
export interface GwsOptions<Server extends ServerOperations = StandardOperations> {
  /** The base of the API, such as `https://gws.example.com/api/v2`; without user, password, query or fragment. */
  readonly url: string;
  /** The name and password of the agent, or a function that returns them; it is called at each sign-in. */
  readonly credentials: Credentials | (() => Credentials | Promise<Credentials>);
  /** The generation of the server; default `gws851`. */
  readonly dialect?: Dialect<Server>;
  /** Whether plain `http:` to another machine is allowed. Passwords then travel unencrypted. Default false. */
  readonly allowInsecureHttp?: boolean;
  /** Milliseconds that a response may take, beyond the time that the server holds a connect; 100 to 120,000, default 10,000. */
  readonly requestTimeout?: number;
  /** Milliseconds over which desks spread their handshakes after a server restart; 0 to 600,000, default 5,000. */
  readonly handshakeSpread?: number;
  /** The maximum size of a response in bytes; default 16 MiB. */
  readonly maxResponseBytes?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
  readonly random?: Random;
}

const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The options that are checked and complete. */
export interface GwsSettings extends Required<
  Pick<GwsOptions, "requestTimeout" | "handshakeSpread" | "maxResponseBytes">
> {
  /** The base URL without a slash at its end. */
  readonly url: string;
}

/** Checks the options. @throws DeskError */
export function checkOptions(options: GwsOptions<ServerOperations>): GwsSettings {
  if (!isObject(options)) throw invalidOption("options", "an object", options);
  const { credentials } = options;
  const url = checkUrl(options);
  if (typeof credentials !== "function") checkCredentials(credentials);
  return {
    url,
    requestTimeout: numberOption(options, "requestTimeout", 10_000, 100, 120_000),
    handshakeSpread: numberOption(options, "handshakeSpread", 5000, 0, 600_000),
    maxResponseBytes: numberOption(options, "maxResponseBytes", 16 * 1024 ** 2, 1024, 1024 ** 3),
  };
}

function checkUrl({ url, allowInsecureHttp }: GwsOptions<ServerOperations>): string {
  const parsed = typeof url === "string" && URL.canParse(url) ? new URL(url) : undefined;
  const isPlain = parsed?.protocol === "http:";
  if (parsed === undefined || !(isPlain || parsed.protocol === "https:"))
    throw invalidOption("url", "an absolute http or https address", url);
  if (parsed.username + parsed.password !== "")
    throw new DeskError("invalid-options", errorText.urlWithSecrets());
  if (parsed.search + parsed.hash !== "")
    throw invalidOption("url", "an address without query and fragment", url);
  if (isPlain && !loopback.test(parsed.hostname) && allowInsecureHttp !== true)
    throw new DeskError("insecure-url", errorText.insecureUrl(parsed.hostname));
  return parsed.href.replace(/\/+$/, "");
}

/** Checks the form of credentials. @throws DeskError `invalid-options`; the message never quotes a password. */
export function checkCredentials(credentials: unknown): asserts credentials is Credentials {
  const { user, password } = (credentials ?? {}) as Partial<Record<string, unknown>>;
  if (typeof user !== "string" || user === "" || user.includes(":"))
    throw invalidOption("credentials.user", "text that is not empty and holds no colon", user);
  if (typeof password !== "string") throw invalidOption("credentials.password", "text", undefined);
}
