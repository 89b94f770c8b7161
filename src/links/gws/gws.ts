import type { Dialect, ServerOperations, StandardOperations, WireRequest } from "../../dialects/dialect.ts";
import { gws851 } from "../../dialects/gws-8.5.1/index.ts";
import { systemClock } from "../../domain/clock.ts";
import { DeskError } from "../../domain/error.ts";
import type { ServerAnswer } from "../../domain/request.ts";
import type { Link } from "../../desk/link.ts";
import { connectGws, type GwsConnection } from "./gws-connection.ts";
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
  /** The last request to each address: they follow each other, so that they arrive in the order of the calls. */
  const last = new Map<string, Promise<ServerAnswer>>();
  return {
    rules: dialect.rules,
    dialect: dialect.name,
    connect(listener, channels) {
      void connection?.leave(0);
      connection = connectGws({
        ...settings,
        dialect,
        listener,
        channels,
        clock: options.clock ?? systemClock,
        random: options.random ?? Math.random,
        fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
        async credentials() {
          const { credentials } = options;
          const given: unknown = typeof credentials === "function" ? await credentials() : credentials;
          checkCredentials(given);
          return given;
        },
      });
    },
    async disconnect() {
      const leaving = connection;
      connection = undefined;
      await leaving?.leave(leaveTimeout);
    },
    readList: async () => (await connection?.readList()) ?? { kind: "failed" },
    async perform(request) {
      if (connection === undefined) return { kind: "unanswered" };
      const { http } = connection;
      let wire: WireRequest;
      try {
        wire = dialect.encode(request);
      } catch (error) {
        const message = error instanceof DeskError ? error.message : undefined;
        return { kind: "refused", code: undefined, message };
      }
      const { path } = wire;
      const send = async (): Promise<ServerAnswer> => {
        await last.get(path);
        const result = await http.request(wire);
        return result.kind === "failed"
          ? { kind: "unanswered" }
          : dialect.readAnswer(result.status, result.body);
      };
      const current = send();
      last.set(path, current);
      const answer = await current;
      if (last.get(path) === current) last.delete(path);
      return answer;
    },
  };
}
