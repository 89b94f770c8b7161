import {
  createDesk,
  type ServerAnswer,
  type Desk,
  type OperationRequest,
  type ServerOperations,
  type StandardKinds,
  type VocabularyOf,
} from "../../src/index.ts";
import type { Dialect, WireRequest } from "../../src/links/gws/index.ts";
import { recorded, type RecordedLink } from "../../src/recording/index.ts";

export interface LiveDesk<Server extends ServerOperations> {
  readonly desk: Desk<VocabularyOf<StandardKinds, Server>>;
  readonly deliver: RecordedLink<Server>["deliver"];
  /** The requests that were sent, as they would go over the wire. */
  readonly sent: readonly WireRequest[];
  /** Sets the answer of the server. */
  answer: ServerAnswer;
}

/** A desk that is Live on a server which acknowledges everything and sends only what the test delivers. */
export async function liveDesk<Server extends ServerOperations>(
  dialect: Dialect<Server>,
): Promise<LiveDesk<Server>> {
  const link = recorded({ dialect });
  const sent: WireRequest[] = [];
  const ids = new Set<string>();
  const desk = createDesk({
    link: {
      ...link,
      connect: (sink, channels) => {
        link.connect(sink, channels);
        sink.onConnected({ isAcknowledging: true });
      },
      readList: () => Promise.resolve({ kind: "read", facts: [], anomalies: [], ids }),
      perform: (request: OperationRequest) => {
        sent.push(dialect.encode(request));
        return Promise.resolve(live.answer);
      },
    },
  });
  const live: LiveDesk<Server> = {
    desk,
    sent,
    answer: { kind: "acknowledged" },
    deliver: (elements) => {
      for (const fact of elements.flatMap((element) => dialect.decode(element).facts)) {
        if (fact.about === "interaction") ids.add(fact.id);
      }
      link.deliver(elements);
    },
  };
  await desk.start();
  return live;
}
