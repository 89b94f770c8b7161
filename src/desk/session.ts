import type { StopReason } from "../domain/connection.ts";
import { DeskError } from "../domain/error.ts";
import * as errorText from "../domain/error-text.ts";
import type { Desk } from "./desk.ts";
import type { DeskModel } from "./entities/desk-model.ts";
import type { Link, LinkListener } from "./link.ts";
import type { OperationRunner } from "./operations/runner.ts";
import type { Resync } from "./resync.ts";
import type { Round } from "./round.ts";
import type { DeskState } from "./state.ts";

/** Parts of a desk that a session needs. */
interface SessionParts {
  readonly link: Pick<Link, "connect" | "disconnect" | "readList">;
  readonly round: Round;
  readonly state: DeskState;
  readonly runner: OperationRunner;
  readonly resync: Resync;
  readonly model: Pick<DeskModel, "channels">;
}

/** Starts and stops the link of a desk, and applies what the link reports. */
export interface Session extends Pick<Desk, "start" | "stop"> {
  /** Reads the server's list, if that is wanted. Returns whether it began to. */
  readonly readList: () => boolean;
}

/** A promise of `start` with what settles it. */
interface Started {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: DeskError) => void;
}

/** Creates the session of a desk. */
export function createSession({ link, round, state, runner, resync, model }: SessionParts): Session {
  /** Raised by each start and stop, so that events of a previous run are ignored. */
  let run = 0;
  /** Undefined while the desk is stopped. */
  let started: Started | undefined;
  /** The promise of `stop`; undefined when nothing is being stopped. */
  let stopping: Promise<void> | undefined;

  function end(reason: StopReason): void {
    state.applyToConnection({ type: "Stop", reason });
    runner.stop();
    runner.decide(resync.cancel());
    run++;
    // A desk that was Live has resolved the promise, which is not rejected then.
    started?.reject(startError(reason));
    started = undefined;
  }

  function readList(): boolean {
    const generation = resync.begin();
    if (generation === undefined) return false;
    void link.readList().then((reading) => {
      if (!resync.isCurrent(generation)) return;
      round.run("list", [reading], () => {
        const { merge, hasCaughtUp, verified } = resync.finish(reading);
        if (merge !== undefined) state.merge(merge);
        if (hasCaughtUp) {
          state.applyToConnection({ type: "CaughtUp" });
          started?.resolve();
          runner.resume();
        }
        runner.decide(verified);
      });
    });
    return true;
  }

  function connect(channels: readonly string[]): void {
    const ownRun = run;
    /** Ignores events of a previous run, and lets no exception escape to the link. */
    const whileCurrent =
      <Payload extends readonly unknown[]>(apply: (...payload: Payload) => void) =>
      (...payload: Payload): void => {
        if (run === ownRun) apply(...payload);
      };
    const listener: LinkListener = {
      onFacts: whileCurrent((...payload) => {
        const [facts, anomalies = []] = payload;
        round.run("facts", payload, () => {
          for (const anomaly of anomalies) state.report(anomaly);
          for (const fact of facts) state.receive(fact);
        });
      }),
      onAnomaly: whileCurrent((anomaly) => round.run("anomaly", [anomaly], () => state.report(anomaly))),
      onConnected: whileCurrent((details) =>
        round.run("connected", [details], () => {
          const { isAcknowledging } = details;
          state.applyToConnection({ type: "Connected", isAcknowledging });
          runner.decide(resync.catchUp());
        }),
      ),
      onDisconnected: whileCurrent((lossReason) =>
        round.run("disconnected", [lossReason], () => {
          state.applyToConnection({ type: "Lost", lossReason });
          runner.decide(resync.cancel());
        }),
      ),
      onStopped: whileCurrent((reason) => round.run("stopped", [reason], () => end(reason))),
    };
    link.connect(listener, channels);
  }

  return {
    readList,

    start: ({ channels = model.channels } = {}) => {
      if (started !== undefined) return started.promise;
      let resolve!: Started["resolve"];
      let reject!: Started["reject"];
      const promise = new Promise<void>((...settle) => ([resolve, reject] = settle));
      // A caller that ignores the promise learns of the failure from `connection`, not from an unhandled rejection.
      promise.catch(() => {});
      started = { promise, resolve, reject };
      const ownRun = ++run;
      // The desk may have been stopped in the same round, or while the previous run was being stopped.
      const connectIfCurrent = () => {
        if (run === ownRun) connect(channels);
      };
      round.run("start", [channels], () => {
        for (const name of channels) state.listChannel(state.channel(name));
        state.applyToConnection({ type: "Start" });
        if (stopping === undefined) round.act(connectIfCurrent);
        else void stopping.then(connectIfCurrent);
      });
      return promise;
    },

    stop: () => {
      if (started === undefined) return stopping ?? Promise.resolve();
      round.run("stop", [], () => end("stop"));
      stopping = link.disconnect().finally(() => {
        stopping = undefined;
      });
      return stopping;
    },
  };
}

function startError(reason: StopReason): DeskError {
  switch (reason) {
    case "authentication-failed":
      return new DeskError(reason, errorText.authentication());
    case "connection-refused":
      return new DeskError(reason, errorText.refused(), { retryable: true });
    case "stop":
      return new DeskError("stopped", errorText.stopped(), { retryable: true });
  }
}
