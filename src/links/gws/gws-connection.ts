import type { Dialect, List, ListContent, ServerOperations } from "../../dialects/dialect.ts";
import { together } from "../../dialects/list-content.ts";
import type { AnomalyCode, AnomalyReport } from "../../domain/anomaly.ts";
import type { Clock } from "../../domain/clock.ts";
import type { LossReason, StopReason } from "../../domain/connection.ts";
import type { Random } from "../../domain/random.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import type { LinkListener, Reading } from "../../desk/link.ts";
import { createCometSession } from "./comet-session.ts";
import { createHttpSession, type Credentials } from "./http-session.ts";
import type { GwsSettings } from "./options.ts";
import { isOfNetwork, Timers, type Failure } from "./retry.ts";
import { onWakeUp } from "./wake-up.ts";

/** The settings of a connection, and its listener. */
export interface GwsConnectionOptions extends GwsSettings {
  readonly dialect: Dialect<ServerOperations>;
  readonly listener: LinkListener;
  /** The channels of the contact-centre session. */
  readonly channels: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: typeof globalThis.fetch;
  readonly credentials: () => Promise<Credentials>;
}

export type GwsConnection = ReturnType<typeof connectGws>;

/** Begins one connection to a server, from the sign-in to the end of the sessions, through every loss in between. */
export function connectGws(options: GwsConnectionOptions) {
  const { dialect, listener, clock, random } = options;
  const { begin, end } = dialect.session;
  const timers = new Timers(clock);
  const reported = new Set<AnomalyCode>();
  /** Failures in a row. */
  let failures = 0;
  let isClosed = false;
  /** Counts how often the connection was made or lost. */
  let epoch = 0;
  let isConnected = false;
  /** The HTTP session in which the contact-centre session was begun. */
  let begunIn = 0;
  /** The HTTP session in which CometD was connected. */
  let connectedIn = 0;

  /** Repeats an attempt. Resolves with true when it succeeded, and with false when it is no longer of use. */
  const persist = async (
    attempt: () => Promise<Failure | undefined>,
    isCurrent: () => boolean,
    onFailure: (reason: LossReason) => void,
  ): Promise<boolean> => {
    failures = 0;
    // A listener that is notified of the failure may stop the desk.
    while (isCurrent()) {
      const failure = await attempt();
      if (!isCurrent()) break;
      if (failure === undefined) return true;
      const { reason, retryAfter } = failure;
      onFailure(reason);
      if (!isCurrent()) break;
      timers.cancelAll();
      await new Promise<void>((resolve) => {
        timers.schedule(resolve, retryDelay(random, ++failures, retryAfter), isOfNetwork(reason));
      });
    }
    return false;
  };

  const signIn = async () => {
    if (await persist(http.signIn, () => !isClosed, onDisconnected)) comet.start();
  };

  const onConnected = async (isAcknowledging: boolean) => {
    const connectedAt = ++epoch;
    isConnected = true;
    connectedIn = http.generation;
    const isBegun = await persist(beginContactCenter, () => connectedAt === epoch, listener.onDisconnected);
    if (!isBegun) return;
    if (!isAcknowledging) reportOnce("not-acknowledging", "The server does not acknowledge messages.");
    listener.onConnected({ isAcknowledging });
  };

  /** Begins it once in each HTTP session. Resolves with a failure while it is unknown whether the server did. */
  const beginContactCenter = async (): Promise<Failure | undefined> => {
    if (begin === undefined || begunIn === http.generation) return undefined;
    const result = await http.request(begin(options.channels));
    if (result.kind === "failed") return result;
    const { status, body, retryAfter } = result;
    const { kind } = dialect.readAnswer(status, body);
    // A server that does not know the request may answer anything. An answer that it repeats is taken for that.
    const isFirstAnswer = kind === "unanswered" && failures === 0;
    if (isBusy(status) || kind === "unauthenticated" || isFirstAnswer)
      return { kind: "failed", reason: "server-error", retryAfter };
    if (kind !== "acknowledged")
      reportOnce("no-contact-center-session", "The server began no contact-centre session.");
    begunIn = http.generation;
    return undefined;
  };

  const onDisconnected = (reason: LossReason) => {
    if (isClosed) return;
    epoch++;
    isConnected = false;
    timers.cancelAll();
    listener.onDisconnected(reason);
  };

  const close = () => {
    isClosed = true;
    epoch++;
    timers.cancelAll();
    endWakeUps();
  };

  const giveUp = (reason: Exclude<StopReason, "stop">) => {
    if (isClosed) return;
    close();
    comet.abandon();
    http.close();
    listener.onStopped(reason);
  };

  const reportOnce = (code: AnomalyCode, message: AnomalyReport["message"]) => {
    if (!reported.has(code)) listener.onAnomaly({ code, message });
    reported.add(code);
  };

  /** Returns the content of a list, or how many milliseconds the server asked to wait before it is read again. */
  const read = async (list: List): Promise<(ListContent & { readonly body: unknown }) | number> => {
    const result = await http.request(list.request);
    const { retryAfter } = result;
    if (result.kind === "failed") return retryAfter;
    const { body, status } = result;
    const content = status >= 200 && status < 300 ? list.read(body) : undefined;
    if (content !== undefined) return { ...content, body };
    // A server may lack a list that holds no interactions; then its content is only known from notifications.
    const isLacking =
      !list.holdsInteractions && !isBusy(status) && dialect.readAnswer(status, body).kind === "refused";
    return isLacking ? { facts: [], anomalies: [], ids: [], body: null } : retryAfter;
  };

  const http = createHttpSession({
    ...options,
    onDenied: () => giveUp("authentication-failed"),
    onRenewed() {
      listener.onAnomaly({ code: "session-renewed", message: "The session was renewed." });
      if (!isConnected) return;
      onDisconnected("session-lost");
      // Whether the CometD session survived its HTTP session shows only when the client connects again.
      comet.probe();
    },
  });

  const comet = createCometSession({
    ...options,
    http,
    onConnected: (isAcknowledging) => void onConnected(isAcknowledging),
    onDisconnected,
    onRefused(isHandshake) {
      if (!isHandshake || connectedIn !== http.generation) return giveUp("connection-refused");
      // A server that refuses a handshake may mean that the HTTP session has ended, so it is renewed once.
      connectedIn = 0;
      onDisconnected("authentication");
      void signIn();
    },
  });

  const endWakeUps = onWakeUp(clock, {
    ...comet,
    retryNow() {
      if (timers.hasten()) failures = 0;
      comet.retryNow();
    },
  });

  void signIn();

  return {
    http,
    /** Disconnects CometD first and ends the contact-centre session last, because that ends the HTTP session. */
    async leave(timeout: number): Promise<void> {
      if (isClosed) return;
      close();
      if (timeout > 0 && http.generation > 0) {
        await comet.stop(timeout);
        if (end !== undefined) await http.end(end, timeout);
      }
      comet.abandon();
      http.close();
    },
    /** Reads all lists of the server. */
    async readList(): Promise<Reading> {
      const contents = await Promise.all(dialect.lists.map(read));
      const complete = contents.filter((content) => typeof content !== "number");
      if (complete.length === contents.length)
        return { kind: "read", ...together(complete), bodies: complete.map(({ body }) => body) };
      reportOnce("read-failed", "A list of the server could not be read.");
      const waits = contents.filter((content) => typeof content === "number");
      return { kind: "failed", retryAfter: Math.max(...waits) };
    },
  };
}

/** Whether the server is likely to answer later. */
function isBusy(status: number): boolean {
  return status === 429 || status === 503;
}
