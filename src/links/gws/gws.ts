import type { Dialect, ServerOperations, StandardOperations, WireRequest } from "../../dialects/dialect.ts";
import { gws851 } from "../../dialects/gws-8.5.1/index.ts";
import { systemClock } from "../../domain/clock.ts";
import { DeskError } from "../../domain/error.ts";
import type { ServerAnswer } from "../../domain/request.ts";
import type { Link } from "../../desk/link.ts";
import { GwsConnection } from "./gws-connection.ts";
import { checkCredentials, checkOptions, type GwsOptions } from "./options.ts";

const leaveTimeout = 3000;

/**
 * Creates the link to a Genesys Web Services server: REST and CometD.
 *
 * @throws DeskError `invalid-options`, or `insecure-url` for plain http to another machine.
 */
export function gws<Server extends ServerOperations = StandardOperations>(
  options: GwsOptions<Server>,
): Link<Server> {
  const settings = checkOptions(options);
  const dialect: Dialect<ServerOperations> = options.dialect ?? gws851;
  let connection: GwsConnection | undefined;
  const inOrder = createQueues();
  return {
    rules: dialect.rules,
    dialect: dialect.name,
    connect: (listener, channels) => {
      void connection?.leave(0);
      connection = new GwsConnection({
        ...settings,
        dialect,
        listener,
        channels,
        clock: options.clock ?? systemClock,
        random: options.random ?? Math.random,
        fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
        credentials: async () => {
          const { credentials } = options;
          const given: unknown = typeof credentials === "function" ? await credentials() : credentials;
          checkCredentials(given);
          return given;
        },
      });
      connection.begin();
    },
    disconnect: async () => {
      const leaving = connection;
      connection = undefined;
      await leaving?.leave(leaveTimeout);
    },
    readList: async () => (await connection?.readList()) ?? { kind: "failed" },
    perform: async (request) => {
      if (connection === undefined) return { kind: "unanswered" };
      const { http } = connection;
      let wire: WireRequest;
      try {
        wire = dialect.encode(request);
      } catch (error) {
        const message = error instanceof DeskError ? error.message : undefined;
        return { kind: "refused", code: undefined, message };
      }
      return inOrder(wire.path, async () => {
        const result = await http.request(wire);
        if (result.kind === "failed") return { kind: "unanswered" };
        return dialect.readAnswer(result.status, result.body);
      });
    },
  };
}

/** Runs the requests to one address one after the other, so that they arrive in the order of the calls. */
function createQueues() {
  /** The last run for each address. */
  const last = new Map<string, Promise<unknown>>();
  return async (address: string, run: () => Promise<ServerAnswer>): Promise<ServerAnswer> => {
    const previous = last.get(address);
    const current = (async () => {
      await previous;
      return run();
    })();
    last.set(address, current);
    try {
      return await current;
    } finally {
      if (last.get(address) === current) last.delete(address);
    }
  };
}
