import type { Dialect } from "../../dialects/dialect.ts";
import { gws851 } from "../../dialects/gws-8.5.1/index.ts";
import type { ServerOperations, StandardOperations } from "../../dialects/dialect.ts";
import type { Link, LinkListener } from "../../desk/link.ts";

/** A link that has no server: it tells what recorded messages say. Nothing can be performed over it. */
export interface RecordedLink<Server extends ServerOperations = StandardOperations> extends Link<Server> {
  /** Delivers the elements of a Bayeux array, as they were recorded, in their order. */
  readonly deliver: (elements: readonly unknown[]) => void;
}

/** Makes a link for recorded messages; the desk must be started before they are delivered. */
export function recorded<Server extends ServerOperations = StandardOperations>(
  options: { readonly dialect?: Dialect<Server> } = {},
): RecordedLink<Server> {
  const dialect: Dialect<ServerOperations> = options.dialect ?? gws851;
  let sink: LinkListener | undefined;
  const link: RecordedLink<ServerOperations> = {
    rules: dialect.rules,
    dialect: dialect.name,
    connect: (told) => {
      sink = told;
    },
    disconnect: () => {
      sink = undefined;
      return Promise.resolve();
    },
    readList: () => Promise.resolve({ kind: "failed" }),
    perform: () => Promise.resolve({ kind: "unanswered" }),
    deliver: (elements) => {
      for (const element of elements) {
        const { facts, anomalies } = dialect.decode(element);
        sink?.onFacts(facts, anomalies, element);
      }
    },
  };
  return link as unknown as RecordedLink<Server>;
}
