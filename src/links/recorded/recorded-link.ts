import type { Dialect, ServerOperations, StandardOperations } from "../../dialects/dialect.ts";
import { gws851 } from "../../dialects/gws-8.5.1/index.ts";
import type { Link, LinkListener } from "../../desk/link.ts";

/** A link without a server: it delivers recorded messages. Operations over it are never answered. */
export interface RecordedLink<Server extends ServerOperations = StandardOperations> extends Link<Server> {
  /** Delivers the elements of a Bayeux array in their order. */
  readonly deliver: (elements: readonly unknown[]) => void;
}

/** Makes a link for recorded messages. The desk must be started before they are delivered. */
export function recorded<Server extends ServerOperations = StandardOperations>(
  options: { readonly dialect?: Dialect<Server> } = {},
): RecordedLink<Server> {
  const dialect: Dialect<ServerOperations> = options.dialect ?? gws851;
  let current: LinkListener | undefined;
  return {
    rules: dialect.rules,
    dialect: dialect.name,
    connect: (listener) => {
      current = listener;
    },
    disconnect: () => {
      current = undefined;
      return Promise.resolve();
    },
    readList: () => Promise.resolve({ kind: "failed" }),
    perform: () => Promise.resolve({ kind: "unanswered" }),
    deliver: (elements) => {
      for (const element of elements) {
        const { facts, anomalies } = dialect.decode(element);
        current?.onFacts(facts, anomalies, element);
      }
    },
  };
}
