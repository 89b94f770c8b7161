/**
 * Decides what the documents of Genesys Web Services 8.5.1 leave open. Each default is assumed, for the reason that its
 * comment gives. A reliable client works with every value.
 */
export interface Behaviour {
  /**
   * The limit of live interactions per agent and channel; the router skips an agent at the limit. Default 5 each.
   * Assumed: each site configures its own capacity rules, and they are not on the wire.
   */
  readonly capacity: { readonly email: number; readonly chat: number };
  /**
   * Milliseconds before the router offers an interaction again to an agent that did not take it. Other agents are
   * offered it immediately. Default 2000. Assumed: routers offer again under the same id; the pause depends on the
   * strategy.
   */
  readonly reofferPause: number;
  /**
   * The effect on pending offers when their channel goes NotReady. Default `"revoked"`. Assumed: a router does not
   * wait for an agent that has just left.
   */
  readonly offersOnNotReady: "revoked" | "kept";
  /**
   * The state that is sent after Reject; `"silence"` sends nothing. Default `"Revoked"`. Assumed: of the states documented for
   * 8.5.1 it is the only one that takes an offer away; later servers send `Completed`.
   */
  readonly afterReject: "Revoked" | "Completed" | "silence";
  /**
   * The state that is sent after StopProcessing or Complete. Default `"Completed"`. Assumed: later servers send it, 8.5.1 does
   * not document an end state.
   */
  readonly afterStopProcessing: "Completed" | "Revoked" | "silence";
  /** The state that is sent to the giving agent after Transfer or PlaceInQueue. Default `"Completed"`, as in later servers. */
  readonly afterTransfer: "Completed" | "Revoked" | "silence";
  /** The state that is sent after PlaceInWorkbin. Default `"Completed"`. Assumed: by analogy with Transfer. */
  readonly afterPlaceInWorkbin: "Completed" | "Revoked" | "silence";
  /**
   * The state that is sent after LeaveChat. Default `"Completed"`. Assumed: later servers send `LeftChat` when
   * the agent was alone with the customer, else `Completed`. `LeftChat` stays live until StopProcessing.
   */
  readonly afterLeaveChat: "Completed" | "LeftChat" | "silence";
  /** The state that is sent to every agent of a chat after EndChatSession. Default `"Completed"`; see `afterLeaveChat`. */
  readonly afterEndChatSession: "Completed" | "LeftChat" | "silence";
  /**
   * The effect on an accepted chat when its customer leaves. Default `"stays"`: the recorded PropertiesChanged with
   * a PARTY_LEFT carries no end. Assumed to be the same for customers.
   */
  readonly afterCustomerLeft: "stays" | "Completed";
  /**
   * The state of the outbound interaction that Reply creates. Default `"Composing"`. Assumed: the name in later
   * servers; the 8.5.1 page ends before it.
   */
  readonly replyState: string;
  /**
   * The events that PropertiesChanged of a chat carries. `"full"` is the whole log, unordered, as recorded. `"new"` is
   * the events that the agent has not received, as in later servers. Default `"full"`.
   */
  readonly transcript: "full" | "new";
  /**
   * The place of the fields in a notification. `"recorded"` is as in the recorded messages of 8.5.1; ends that were
   * never recorded are flat, like Revoked. `"nested"` and `"flat"` apply to every message, and `"seeded"` chooses
   * per message. Default `"recorded"`.
   */
  readonly shape: "recorded" | "nested" | "flat" | "seeded";
  /**
   * Whether the HTTP response of an operation leaves before the notifications that it causes. Default
   * `"answer-first"`. Assumed: the two travel on different connections, so a client cannot rely on either order. A
   * client in the same process receives them in this order.
   */
  readonly order: "answer-first" | "notification-first" | "seeded";
  /** The response to operations on interactions and on the session. Default `"statusCode"`, as recorded. */
  readonly answerSpelling: AnswerSpelling;
  /** The response to readiness operations. Default `"status-ok"`, as recorded for 8.5.1. */
  readonly channelAnswerSpelling: AnswerSpelling;
  /**
   * The HTTP status of a refused operation: `"ok"` is 200 with the failure in the body, `"matching"` is 400, 403, 404
   * or 409. Default `"ok"`. Assumed: clients handle both, and the mapping is not documented.
   */
  readonly refusedHttpStatus: "ok" | "matching";
  /** The `messageType` of a text in a transcript. Default `"MESSAGE"`. Assumed: no text event of 8.5.1 is recorded. */
  readonly textMessageType: string;
}

/**
 * The spellings of success seen on Genesys pages: `{statusCode: 0}`, `{status: 0}`, `{statusCode: "0"}` and
 * `{status: "ok"}`; failures are spelled to match.
 */
export type AnswerSpelling = "statusCode" | "status0" | "string" | "status-ok";

/** The behaviour of a simulator without options. */
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
