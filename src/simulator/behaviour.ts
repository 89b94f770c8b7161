/**
 * What the simulator does where the documents of Genesys Web Services 8.5.1 are silent. Each default is assumed,
 * for the reason given; a client that is to be trusted works under every value.
 */
export interface Behaviour {
  /**
   * How many live interactions an agent is given per channel before the router passes him by. Default 5 each.
   * Assumed: real capacity rules are set up per site and are not on the wire.
   */
  readonly capacity: { readonly email: number; readonly chat: number };
  /**
   * Milliseconds before an offer that an agent rejected or let lapse may come back to him; others are offered it at
   * once. Default 2000. Assumed: routers do offer again under the same id, the pause is a matter of strategy.
   */
  readonly reofferPause: number;
  /**
   * What becomes of pending offers on a channel that goes NotReady. Default `"revoked"`. Assumed: a router does not
   * wait for an agent who has just left.
   */
  readonly offersOnNotReady: "revoked" | "kept";
  /**
   * State sent after Reject; `"silence"` sends nothing. Default `"Revoked"`. Assumed: of the states documented for
   * 8.5.1 it is the only one that takes an offer away; later servers send `Completed`.
   */
  readonly afterReject: "Revoked" | "Completed" | "silence";
  /**
   * State sent after StopProcessing or Complete. Default `"Completed"`. Assumed: later servers send it, 8.5.1 does
   * not document an end state.
   */
  readonly afterStopProcessing: "Completed" | "Revoked" | "silence";
  /** State sent to the giving agent after Transfer or PlaceInQueue. Default `"Completed"`, as in later servers. */
  readonly afterTransfer: "Completed" | "Revoked" | "silence";
  /** State sent after PlaceInWorkbin. Default `"Completed"`. Assumed: by analogy with Transfer. */
  readonly afterPlaceInWorkbin: "Completed" | "Revoked" | "silence";
  /**
   * State sent after LeaveChat. Default `"Completed"`. Assumed: later servers send `LeftChat` when the agent was
   * alone with the customer and `Completed` otherwise. `LeftChat` stays live until StopProcessing.
   */
  readonly afterLeaveChat: "Completed" | "LeftChat" | "silence";
  /** State sent to every agent of a chat after EndChatSession. Default `"Completed"`; see `afterLeaveChat`. */
  readonly afterEndChatSession: "Completed" | "LeftChat" | "silence";
  /**
   * What becomes of an accepted chat whose customer leaves. Default `"stays"`: the recorded PropertiesChanged with
   * a PARTY_LEFT carries no end. Assumed to hold for customers too.
   */
  readonly afterCustomerLeft: "stays" | "Completed";
  /**
   * State of the outbound interaction that Reply makes. Default `"Composing"`. Assumed: the name later servers use;
   * the 8.5.1 page is cut before it.
   */
  readonly replyState: string;
  /**
   * What PropertiesChanged of a chat carries: `"full"` is the recorded way (whole log, unordered); `"new"` only what
   * the agent was not told yet, as later servers do. Default `"full"`.
   */
  readonly transcript: "full" | "new";
  /**
   * Where a notification keeps its fields: `"recorded"` as in the recorded messages of 8.5.1 (ends that were never
   * recorded are flat, like Revoked), `"nested"` or `"flat"` throughout, or `"seeded"`, a choice per message.
   * Default `"recorded"`.
   */
  readonly shape: "recorded" | "nested" | "flat" | "seeded";
  /**
   * Which leaves the server first, the HTTP answer of an operation or the notifications it causes. Default
   * `"answer-first"`. Assumed: the two travel on different connections, so neither order may be relied on. The order
   * holds for a client in the same process.
   */
  readonly order: "answer-first" | "notification-first" | "seeded";
  /** How operations on interactions and on the session are answered. Default `"statusCode"`, as recorded. */
  readonly answerSpelling: AnswerSpelling;
  /** How readiness operations are answered. Default `"status-ok"`, as recorded for 8.5.1. */
  readonly channelAnswerSpelling: AnswerSpelling;
  /**
   * HTTP status of an operation that is refused: `"ok"` is 200 with the failure in the body, `"matching"` 400, 403,
   * 404 or 409. Default `"ok"`. Assumed: both were seen in clients, the mapping is not documented.
   */
  readonly refusedHttpStatus: "ok" | "matching";
  /** `messageType` of a text in a transcript. Default `"MESSAGE"`. Assumed: no text event of 8.5.1 is recorded. */
  readonly textMessageType: string;
}

/**
 * The spellings of success seen on Genesys pages: `{statusCode: 0}`, `{status: 0}`, `{statusCode: "0"}` and
 * `{status: "ok"}`; failures are spelled to match.
 */
export type AnswerSpelling = "statusCode" | "status0" | "string" | "status-ok";

/** The behaviour of a simulator that is told nothing. */
export const defaultBehaviour: Behaviour = {
  capacity: { email: 5, chat: 5 },
  reofferPause: 2_000,
  offersOnNotReady: "revoked",
  afterReject: "Revoked",
  afterStopProcessing: "Completed",
  afterTransfer: "Completed",
  afterPlaceInWorkbin: "Completed",
  afterLeaveChat: "Completed",
  afterEndChatSession: "Completed",
  afterCustomerLeft: "stays",
  replyState: "Composing",
  transcript: "full",
  shape: "recorded",
  order: "answer-first",
  answerSpelling: "statusCode",
  channelAnswerSpelling: "status-ok",
  refusedHttpStatus: "ok",
  textMessageType: "MESSAGE",
};
