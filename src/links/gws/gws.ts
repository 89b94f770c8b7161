import type { Dialect, WireRequest } from "../../dialects/dialect.ts";
import { gws851 } from "../../dialects/gws-8.5.1/index.ts";
import { systemClock } from "../../domain/clock.ts";
import { DeskError } from "../../domain/error.ts";
import type { ServerAnswer } from "../../domain/request.ts";
import type { ServerOperations, StandardOperations } from "../../dialects/dialect.ts";
import type { Link } from "../../desk/link.ts";
import { GwsConnection } from "./gws-connection.ts";
import { checkCredentials, checkOptions, type GwsOptions } from "./options.ts";

const leaveWithin = 3000;

/**
 * The link to a Genesys Web Services server: REST and CometD.
 *
 * @throws DeskError `invalid-options`, or `insecure-url` for plain http to another machine.
 */
export function gws<Server extends ServerOperations = StandardOperations>(
  options: GwsOptions<Server>,
): Link<Server> {
  const settings = checkOptions(options);
  const dialect: Dialect<ServerOperations> = options.dialect ?? gws851;
  let attachment: GwsConnection | undefined;
  const inOrder = queues();
  const link: Link = {
    rules: dialect.rules,
    dialect: dialect.name,
    connect: (sink, channels) => {
      void attachment?.leave(0);
      attachment = new GwsConnection({
        ...settings,
        dialect,
        sink,
        channels,
        clock: options.clock ?? systemClock,
        random: options.random ?? Math.random,
        fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
        credentials: async () => {
          const { credentials } = options;
          const told: unknown = typeof credentials === "function" ? await credentials() : credentials;
          checkCredentials(told);
          return told;
        },
      });
      attachment.begin();
    },
    disconnect: async () => {
      const leaving = attachment;
      attachment = undefined;
      await leaving?.leave(leaveWithin);
    },
    readList: async () => (await attachment?.readList()) ?? { kind: "failed" },
    perform: async (request) => {
      if (attachment === undefined) return { kind: "unanswered" };
      const { session } = attachment;
      let wire: WireRequest;
      try {
        wire = dialect.encode(request);
      } catch (error) {
        const message = error instanceof DeskError ? error.message : undefined;
        return { kind: "refused", code: undefined, message };
      }
      return inOrder(wire.path, async () => {
        const result = await session.request(wire);
        if (result.kind === "failed") return { kind: "unanswered" };
        return dialect.readAnswer(result.status, result.body);
      });
    },
  };
  return link as unknown as Link<Server>;
}

/** Runs what is asked of one address one after the other, so that it arrives in the order in which it was asked. */
function queues() {
  /** The last run for each address. */
  const last = new Map<string, Promise<unknown>>();
  return async (address: string, run: () => Promise<ServerAnswer>): Promise<ServerAnswer> => {
    const before = last.get(address);
    const mine = (async () => {
      await before;
      return run();
    })();
    last.set(address, mine);
    try {
      return await mine;
    } finally {
      if (last.get(address) === mine) last.delete(address);
    }
  };
}
