import { createDesk, type ServerAnswer, type Desk, type Interaction, type OperationOutcome } from "deskstate";
import { seededRandom } from "../../src/domain/random.ts";
import { handClock, type HandClock } from "../simulator/hand-clock.ts";
import { chat, email, joined, said, settle, transcript } from "../desk/hand-desk.ts";
import { HandLink } from "./hand-link.ts";

export interface RandomRunOptions {
  readonly seed: number;
  readonly steps?: number;
  readonly keepEnded?: number;
  /** Leaves out everything that a checkpoint does not carry. */
  readonly isPlain?: boolean;
}

/** A desk to which everything happens that can, in an order that follows from a seed. */
export class RandomRun {
  readonly desk: Desk;
  readonly outcomes: OperationOutcome[] = [];
  /** The number of times that an observer acted while it was notified. */
  nested = 0;
  readonly #clock: HandClock = handClock();
  readonly #hand: HandLink;
  readonly #random: () => number;
  readonly #options: RandomRunOptions;
  /** Actions that an application kept; to call one later may not be allowed any more. */
  readonly #stale: ((parameters?: unknown) => unknown)[] = [];
  readonly #subscriptions: (() => void)[] = [];
  #depth = 0;

  constructor(options: RandomRunOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed * 7919 + 3);
    this.#hand = new HandLink(this.#random() < 0.8);
    this.desk = createDesk({
      link: this.#hand.link,
      clock: this.#clock,
      random: this.#random,
      keepEnded: options.keepEnded ?? 3,
      operationTimeout: 4000,
      recoveryTimeout: 6000,
    });
  }

  async run(between: (step: number) => void = () => {}): Promise<void> {
    this.#observe(4);
    void this.desk.start().catch(() => {});
    if (this.#random() < 0.9) this.#hand.sink?.onConnected({ isAcknowledging: true });
    for (let step = 0; step < (this.#options.steps ?? 120); step++) {
      between(step);
      this.#happen();
      if (this.#random() < 0.7) await settle();
    }
    await settle();
    for (const end of this.#subscriptions) end();
  }

  #pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[Math.floor(this.#random() * choices.length)]!;
  }

  #happen(): void {
    const happenings: readonly (readonly [number, () => void])[] = [
      [10, () => this.#notify()],
      [6, () => this.#answer()],
      [5, () => this.#list()],
      [6, () => this.#act()],
      [4, () => this.#clock.advance(this.#pick([1, 40, 400, 1000, 2500, 6000]))],
      [1, () => this.#hand.sink?.onDisconnected(this.#pick(["network", "timeout", "session-lost"]))],
      [1.5, () => this.#hand.sink?.onConnected({ isAcknowledging: this.#random() < 0.5 })],
      [0.2, () => this.#hand.sink?.onStopped("connection-refused")],
      [0.3, () => this.#hand.sink?.onAnomaly({ code: "watchdog", message: "No message arrived." })],
      [0.3, () => void this.desk.stop()],
      [
        1,
        () => void this.desk.start({ channels: this.#pick([["email"], ["email", "chat"]]) }).catch(() => {}),
      ],
      [0.5, () => this.#hand.leaving.shift()?.()],
      [0.2, () => (this.#hand.isSlowToLeave = !this.#hand.isSlowToLeave)],
      [1, () => this.#observe(1)],
      [0.5, () => this.#subscriptions.shift()?.()],
      [1, () => this.#stale.length > 0 && this.#keep(this.#pick(this.#stale)())],
      [
        0.5,
        () =>
          void this.desk.channel(this.#pick(this.#options.isPlain === true ? ["chat"] : ["voice", "fax"])),
      ],
      [0.5, () => void this.desk.inspect(() => {})],
    ];
    let left = this.#random() * happenings.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, happen] of happenings) if ((left -= weight) < 0) return happen();
  }

  #notify(): void {
    for (let count = this.#pick([1, 1, 1, 2, 4]); count > 0; count--) this.#hand.deliver(this.#frame());
  }

  #frame(): unknown {
    const topic = "/v2/me/interactions";
    if (this.#random() < 0.06) {
      return this.#pick<unknown>([
        null,
        { channel: topic },
        { channel: topic, data: { id: "../x", state: "Invited" } },
        { channel: topic, data: { id: "e1", state: "Dancing", capabilities: ["Dance"] } },
        { channel: topic, data: { id: "f1", channel: "fax", state: "Invited" } },
        { channel: "/v2/me/other", data: { some: "thing" } },
        { channel: topic, data: { errorMessage: "no", errorCode: 4 } },
      ]);
    }
    if (this.#random() < 0.15) return { channel: "/v2/me/channels", data: { channels: this.#channels() } };
    return { channel: topic, data: this.#interaction() };
  }

  #channels(): object[] {
    return [
      {
        ...(this.#random() < 0.9 && { channel: this.#pick(["email", "chat", "voice"]) }),
        userState: { state: this.#pick(["Ready", "NotReady", "Busy"]), reason: this.#pick([null, "Lunch"]) },
        ...(this.#random() < 0.3 && { dndState: this.#pick(["On", "Off"]) }),
      },
    ];
  }

  #interaction(state?: string): object {
    const number = this.#pick([1, 2, 3, 4]);
    if (this.#random() < 0.5) {
      const next =
        state ??
        this.#pick([
          "Invited",
          "Invited",
          "Accepted",
          "Accepted",
          "PropertiesChanged",
          "Revoked",
          "Completed",
          "Composing",
          "Sent",
        ]);
      return email(`e${number}`, next, {
        userData: { Subject: this.#pick(["One", "Two", "4713"]), Amount: this.#pick([4711, 4712]) },
        ...(next === "Composing" && {
          parentId: `e${this.#pick([1, 2, 3, 4])}`,
          capabilities: ["Send", "Cancel"],
        }),
        ...(this.#random() < 0.3 && {
          content: { text: "Hello", fromAddress: "a@b.example", toAddress: "c@d.example, e@f.example" },
        }),
        ...(this.#random() < 0.2 && { extra: { "any thing": ["x"] } }),
      });
    }
    const next =
      state ??
      this.#pick([
        "Invited",
        "Invited",
        "Accepted",
        "Accepted",
        "PropertiesChanged",
        "Revoked",
        "LeftChat",
        "Completed",
      ]);
    const events = [
      ...joined,
      said(3, "c", "One"),
      said(4, "a", "Two"),
      said(5, "a", this.#pick(["One", "Two"])),
    ];
    const latest = this.#pick([2, 3, 4, 5]);
    return chat(`c${number}`, next, {
      ...(next !== "Invited" && transcript(latest, ...events.slice(this.#pick([0, 0, 2]), latest))),
    });
  }

  #answer(): void {
    const asked = this.#hand.asked.splice(Math.floor(this.#random() * this.#hand.asked.length), 1)[0];
    asked?.answer(
      this.#pick<ServerAnswer>([
        { kind: "acknowledged" },
        { kind: "acknowledged" },
        { kind: "acknowledged" },
        { kind: "refused", code: 2, message: "Not now, Mia" },
        { kind: "unauthenticated" },
        { kind: "unanswered" },
        { kind: "unanswered" },
      ]),
    );
  }

  #list(): void {
    const reading = this.#hand.readings.shift();
    if (this.#random() < 0.15 && this.#options.isPlain !== true) return reading?.({ kind: "failed" });
    const interactions = Array.from({ length: this.#pick([0, 2, 4, 6]) }, () =>
      this.#interaction(this.#pick(["Invited", "Accepted"])),
    );
    reading?.(this.#hand.reading(interactions, this.#random() < 0.5 ? this.#channels() : []));
  }

  /** Something that the agent does. */
  #act(): void {
    const { desk } = this;
    const all: Interaction[] = [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()];
    const interaction = all.length === 0 ? undefined : this.#pick(all);
    if (interaction === undefined || this.#random() < 0.2) {
      const { actions } = desk.channel(this.#pick(["email", "chat"]));
      if (this.#random() < 0.5) return this.#keep(actions.Ready?.());
      return this.#keep(actions.NotReady?.(this.#random() < 0.5 ? { reason: "Lunch" } : {}));
    }
    if (interaction.isEnded && this.#random() < 0.5) return void interaction.dismiss();
    if (this.#random() < 0.15) {
      void interaction.editUserData((data) => {
        data["Subject"] = this.#pick(["One", "Two", "4713"]);
        delete data["Amount"];
        if (this.#random() < 0.5) data["New"] = 4714;
      });
      return;
    }
    const actions = interaction.actions as Readonly<Record<string, (parameters?: unknown) => unknown>>;
    const names = Object.keys(actions);
    if (names.length === 0) return;
    const name = this.#pick(names);
    const parameters = parametersOf(name, interaction.channel, this.#random);
    const action = actions[name]!;
    if (parameters === undefined) this.#stale.push(action);
    this.#keep(action(parameters));
  }

  #keep(performed: unknown): void {
    void (performed as Promise<OperationOutcome> | undefined)?.then((outcome) => {
      this.outcomes.push(outcome);
      // What an application does next, in the turn in which its operation was settled.
      if (this.#random() < 0.3) this.#act();
    });
  }

  #observe(count: number): void {
    const { desk } = this;
    for (; count > 0; count--) {
      const react = (): unknown => this.#react();
      const readable = this.#pick<{ subscribe: (observer: () => unknown) => () => void }>([
        desk.changes,
        desk.interactions,
        desk.invitations,
        desk.ended,
        desk.channels,
        desk.connection,
        desk.anomalies,
        desk.channel("email"),
        desk.watch(this.#pick(["e1", "e2", "c1", "c2"])),
        desk.interactions.getSnapshot()[0] ?? desk.changes,
      ]);
      this.#subscriptions.push(readable.subscribe(react));
    }
  }

  #react(): unknown {
    const choice = this.#random();
    if (choice < 0.05) throw new Error("An observer threw.");
    if (choice < 0.08) return Promise.reject(new Error("An observer failed later."));
    if (choice > 0.35 || this.#depth > 3) return undefined;
    this.#depth++;
    this.nested++;
    if (choice < 0.09) void this.desk.stop();
    else this.#act();
    this.#depth--;
    return undefined;
  }
}

function parametersOf(operation: string, channel: string, random: () => number): object | undefined {
  switch (operation) {
    case "Send":
      return { text: random() < 0.5 ? "One" : "Two" };
    case "SendNotification":
      return { noticeType: "TypingStarted" };
    case "SingleStepTransfer":
    case "SingleStepConference":
      return { targetUri: "Bob" };
    case "PlaceInWorkbin":
      return { workbinId: "w" };
    case "AttachUserData":
    case "UpdateUserData":
      return { userData: { Subject: "Two" } };
    case "DeleteUserData":
      return { keys: ["Amount"] };
    case "Accept":
      return channel === "chat" && random() < 0.5 ? { nickname: "Ana" } : undefined;
    default:
      return undefined;
  }
}
