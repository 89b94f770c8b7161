import type { AnyActor, InspectionEvent } from "xstate";
import { AnomalyLog } from "./anomaly-log.ts";
import type { CellHost } from "./cell-host.ts";
import { ChannelCell } from "./channel-cell.ts";
import type { Channel } from "./channel.ts";
import { ConnectionCell } from "./connection-cell.ts";
import type { Change } from "./desk.ts";
import { Inspection } from "./inspection.ts";
import type { InteractionCell } from "./interaction-cell.ts";
import { InteractionStore } from "./interaction-store.ts";
import type { AnySnapshot } from "./interaction.ts";
import type { Link, LinkSink } from "./link-port.ts";
import { MaintainedList } from "./maintained-list.ts";
import { OperationRunner } from "./operation-runner.ts";
import { Observers, type Observer, type Readable } from "./readable.ts";
import { Resync } from "./resync.ts";
import type { Clock } from "../domain/clock.ts";
import type { ConnectionFact, StopReason } from "../domain/connection.ts";
import { DeskError } from "../domain/error.ts";
import * as errorText from "../domain/error-text.ts";
import type { ChannelFact, Fact } from "../domain/fact.ts";
import type { Random } from "../domain/random.ts";

/** The options of a desk, all of them set. */
export interface CoreOptions {
  readonly link: Link;
  readonly operationTimeout: number;
  readonly recoveryTimeout: number;
  readonly keepEnded: number;
  readonly keepAnomalies: number;
  readonly inspect: Observer<InspectionEvent> | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

const defaultChannels = ["email", "chat"];

/** What a desk consists of, and what happens on each thing that its link tells. */
export class DeskCore {
  readonly anomalies: AnomalyLog;
  readonly inspection: Inspection;
  readonly connection: ConnectionCell;
  readonly channels: MaintainedList<ChannelCell, Channel>;
  readonly #options: CoreOptions;
  readonly #runner: OperationRunner;
  readonly #resync: Resync;
  readonly #store: InteractionStore;
  readonly #channelHost: CellHost<ChannelCell>;
  readonly #channelCells = new Map<string, ChannelCell>();
  readonly #changes: Observers<Change>;
  #isLive = false;
  /** Raised by each start and stop, so that a link that was told to stop is no longer listened to. */
  #run = 0;
  #starting: { resolve: () => void; reject: (error: DeskError) => void } | undefined;
  #started: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: CoreOptions) {
    this.#options = options;
    const { link, clock, random, operationTimeout, recoveryTimeout } = options;
    this.anomalies = new AnomalyLog(clock, options.keepAnomalies);
    const { report } = this.anomalies;
    this.#changes = new Observers(report);
    const inspection = new Inspection(report, () => this.#actors());
    this.inspection = inspection;
    this.connection = new ConnectionCell(inspection, report);
    this.channels = new MaintainedList((cell) => cell.handle, report);
    this.#resync = new Resync({
      link,
      clock,
      random,
      report,
      merge: ({ reading, meanwhile }) => {
        for (const fact of reading.facts) if (fact.about === "channel") this.#receiveChannel(fact);
        this.#store.merge(reading, meanwhile);
      },
    });
    const isLive = () => this.#isLive;
    this.#runner = new OperationRunner({
      link,
      clock,
      random,
      operationTimeout,
      recoveryTimeout,
      isLive,
      verify: () => this.#resync.lookUp(),
    });
    const lookUp = () => {
      if (this.#isLive) void this.#resync.lookUp();
    };
    const host = { rules: link.rules, runner: this.#runner, report, inspection, isLive, lookUp };
    this.#store = new InteractionStore(host, {
      keepEnded: options.keepEnded,
      changed: (cell) => {
        if (!this.#changes.isEmpty)
          this.#changes.notify({ about: "interaction", interaction: cell.view.handle() });
      },
    });
    this.#channelHost = {
      ...host,
      changed: (cell) => {
        if (!cell.notify() || this.#changes.isEmpty) return;
        this.#changes.notify({ about: "channel", channel: cell.handle });
      },
    };
    if (options.inspect !== undefined) inspection.add(options.inspect);
  }

  get interactions() {
    return this.#store.live;
  }
  get invitations() {
    return this.#store.invitations;
  }
  get ended() {
    return this.#store.ended;
  }

  readonly subscribeToChanges = (observer: Parameters<Observers<Change>["add"]>[0]) =>
    this.#changes.add(observer);

  interaction(id: string): InteractionCell | undefined {
    return this.#store.get(id);
  }

  watch(id: string): Readable<AnySnapshot | undefined> {
    return this.#store.watch(id);
  }

  channel(name: string): ChannelCell {
    let cell = this.#channelCells.get(name);
    if (cell === undefined) {
      cell = new ChannelCell(name, this.#channelHost);
      this.#channelCells.set(name, cell);
    }
    return cell;
  }

  readonly start = (options: { readonly channels?: readonly string[] } = {}): Promise<void> => {
    if (this.#started !== undefined) return this.#started;
    const channels = options.channels ?? defaultChannels;
    for (const name of channels) this.#list(this.channel(name));
    const run = ++this.#run;
    this.#started = new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
    });
    // Whoever does not wait for the start learns of its failure from `connection`, not from an unhandled rejection.
    this.#started.catch(() => {});
    this.#tell({ type: "Start" });
    const begin = () => {
      if (run === this.#run) this.#options.link.connect(this.#sink(run), channels);
    };
    if (this.#stopping === undefined) begin();
    else void this.#stopping.then(begin);
    return this.#started;
  };

  readonly stop = (): Promise<void> => {
    if (this.#started === undefined) return this.#stopping ?? Promise.resolve();
    this.#end("stop");
    this.#stopping = this.#options.link.disconnect().finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  };

  #sink(run: number): LinkSink {
    /** Nothing that a link says reaches a desk that no longer listens, and nothing that a desk does throws into it. */
    const whileRunning =
      <Told extends unknown[]>(tell: (...told: Told) => void) =>
      (...told: Told) => {
        if (run === this.#run) tell(...told);
      };
    return {
      facts: whileRunning((facts) => this.#receive(facts)),
      odd: whileRunning(this.anomalies.report),
      connected: whileRunning(({ isAcknowledging }) => {
        this.#tell({ type: "Connected", isAcknowledging });
        this.#resync.catchUp(() => {
          this.#tell({ type: "CaughtUp" });
          this.#runner.caughtUp();
        });
      }),
      lost: whileRunning((why) => {
        this.#resync.cancel();
        this.#tell({ type: "Lost", why });
      }),
      stopped: whileRunning((reason) => this.#end(reason)),
    };
  }

  #receive(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.about === "channel") this.#receiveChannel(fact);
      else {
        this.#resync.heard(fact);
        this.#store.receive(fact);
      }
    }
  }

  #receiveChannel(fact: ChannelFact): void {
    if (fact.channel === undefined) {
      for (const cell of this.#channelCells.values()) cell.receive(fact);
      return;
    }
    const cell = this.channel(fact.channel);
    cell.receive(fact);
    this.#list(cell);
  }

  /** To ask for a channel does not list it: those who only read, as while a page is drawn, must change nothing. */
  #list(cell: ChannelCell): void {
    if (this.channels.set(cell, true)) this.channels.notify();
  }

  *#actors(): Iterable<AnyActor> {
    yield this.connection.inspected;
    for (const { actor } of this.#channelCells.values()) yield actor;
    for (const { inspected } of this.#store.cells()) yield inspected;
  }

  #end(reason: StopReason): void {
    this.#run++;
    this.#started = undefined;
    this.#resync.cancel();
    this.#tell({ type: "Stop", reason });
    this.#runner.stop();
    this.#starting?.reject(startError(reason));
    this.#starting = undefined;
  }

  #tell(fact: ConnectionFact): void {
    if (!this.connection.tell(fact)) return;
    const wasLive = this.#isLive;
    this.#isLive = this.connection.state === "Live";
    this.connection.notify();
    if (!this.#changes.isEmpty) this.#changes.notify({ about: "connection", connection: this.connection });
    if (wasLive !== this.#isLive) {
      for (const cell of this.#channelCells.values()) this.#channelHost.changed(cell);
      this.#store.notifyWatched();
    }
    if (this.#isLive) {
      this.#starting?.resolve();
      this.#starting = undefined;
    }
  }
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
