import {
  createDesk,
  type DeskOptions,
  type Link,
  type LinkListener,
  type ServerOperations,
} from "../../../src/index.ts";
import type { Dialect, WireRequest } from "../../../src/links/gws/index.ts";
import { settle } from "../../desk/hand-desk.ts";
import { handClock } from "../../simulator/hand-clock.ts";
import { dialect, kinds } from "./survey.ts";

type Server = typeof dialect extends Dialect<infer Operations extends ServerOperations> ? Operations : never;

/** Returns a desk that knows surveys, at a server that acknowledges everything; the test sends its notifications. */
export async function surveyDesk(options: Partial<DeskOptions> = {}, kindsOfDesk: typeof kinds = kinds) {
  let listener: LinkListener | undefined;
  const requests: WireRequest[] = [];
  const link: Link<Server> = {
    rules: dialect.rules,
    dialect: dialect.name,
    connect: (one) => {
      listener = one;
      one.onConnected({ isAcknowledging: true });
    },
    disconnect: () => Promise.resolve(),
    readList: () =>
      Promise.resolve({
        kind: "read",
        facts: [],
        anomalies: [],
        ids: new Set(),
        bodies: [null, { interactions: [] }],
      }),
    perform: (request) => {
      requests.push(dialect.encode(request));
      return Promise.resolve({ kind: "acknowledged" });
    },
  };
  const clock = handClock();
  const { inspect } = options;
  const desk = createDesk({
    link,
    kinds: kindsOfDesk,
    clock,
    random: () => 0.5,
    ...(inspect && { inspect }),
  });
  void desk.start().catch(() => {});
  await settle();
  const notify = async (state: string, capabilities: readonly string[] | undefined, more: object = {}) => {
    const data = {
      messageType: "InteractionStateMessage",
      id: "S1",
      channel: "feedback",
      state,
      ...(capabilities && { capabilities }),
      ...more,
    };
    const frame = { channel: "/v2/me/interactions", data };
    const { facts, anomalies } = dialect.decode(frame);
    listener?.onFacts(facts, anomalies, frame);
    await settle();
  };
  return { desk, clock, requests, notify, settle };
}
