import type { ServerAnswer, Link, LinkListener, OperationRequest, Reading } from "deskstate";
import { gws851 } from "deskstate/gws";
import { together } from "../../src/dialects/list-content.ts";

/** A link that a test controls, which passes frames as a real one does. */
export class HandLink {
  sink: LinkListener | undefined;
  readonly asked: { readonly request: OperationRequest; readonly answer: (answer: ServerAnswer) => void }[] =
    [];
  readonly readings: ((reading: Reading) => void)[] = [];
  readonly leaving: (() => void)[] = [];
  /** Whether disconnecting takes until the test resolves it. */
  isSlowToLeave = false;

  readonly #hasFrames: boolean;

  /** @param hasFrames - whether it passes frames, or only the facts of them. */
  constructor(hasFrames = true) {
    this.#hasFrames = hasFrames;
  }

  readonly link: Link = {
    rules: gws851.rules,
    dialect: gws851.name,
    connect: (sink) => {
      this.sink = sink;
    },
    disconnect: () =>
      this.isSlowToLeave ? new Promise((resolve) => this.leaving.push(resolve)) : Promise.resolve(),
    readList: () => new Promise((resolve) => this.readings.push(resolve)),
    perform: (request) => new Promise((answer) => this.asked.push({ request, answer })),
  };

  deliver(frame: unknown): void {
    const { facts, anomalies } = gws851.decode(frame);
    if (this.#hasFrames) this.sink?.onFacts(facts, anomalies, frame);
    else this.sink?.onFacts(facts, anomalies);
  }

  reading(interactions: readonly unknown[], channels: readonly unknown[]): Reading {
    const bodies = [
      { statusCode: 0, channels },
      { statusCode: 0, interactions },
    ];
    const contents = gws851.lists.flatMap((list, index) => list.read(bodies[index]) ?? []);
    return { kind: "read", ...together(contents), ...(this.#hasFrames && { bodies }) };
  }
}
