import { systemClock, type Clock } from "../../src/domain/clock.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import type { Proxy } from "./proxy.ts";
import type { FaultName } from "./schedule.ts";

/** The faults between a desk and its server, and at the server. */
export class Disturbance {
  readonly #simulator: Simulator;
  readonly #proxy: Proxy;
  readonly #user: string;
  readonly #clock: Clock;
  #restarting: Promise<void> | undefined;

  constructor(simulator: Simulator, proxy: Proxy, user: string, clock: Clock = systemClock) {
    this.#simulator = simulator;
    this.#proxy = proxy;
    this.#user = user;
    this.#clock = clock;
  }

  /** Ends every fault. */
  async end(): Promise<void> {
    await this.#restarting;
    this.#proxy.heal();
    this.#simulator.faults.clear();
  }

  inflict(fault: FaultName, amount: number): void {
    const { faults } = this.#simulator;
    const forAWhile = (turn: (on: boolean) => void): void => {
      turn(true);
      this.#clock.setTimeout(() => turn(false), amount);
    };
    switch (fault) {
      case "reset all":
        return this.#proxy.resetAll();
      case "refuse":
        this.#proxy.resetAll();
        return forAWhile(this.#proxy.refuse);
      case "cut":
        return this.#proxy.cutAfter(amount);
      case "swallow replies":
        return forAWhile(this.#proxy.swallowReplies);
      case "delay replies":
        return forAWhile((on) => this.#proxy.delayReplies(on ? amount / 4 : 0));
      case "blackhole":
        return forAWhile(this.#proxy.blackhole);
      case "expire session":
        return faults.expireSession(this.#user);
      case "expire comet":
        return faults.expireComet(this.#user);
      case "change csrf":
        return faults.changeCsrf(this.#user);
      case "restart":
        return this.#restart({ downFor: amount });
      case "forget everything":
        return this.#restart({ downFor: amount / 2, forget: "everything" });
      case "lose answers":
        return void faults.loseAnswer({ times: 2 });
      case "lose requests":
        return void faults.loseRequest({ times: 2 });
      case "busy":
        faults.refuse(
          { httpStatus: 503, body: "", headers: { "Retry-After": "1" } },
          { path: "/", times: 3 },
        );
        return;
      case "login page":
        return void faults.refuse({ body: "<html>Please log in.</html>" }, { path: "/", times: 3 });
    }
  }

  #restart(options: NonNullable<Parameters<Simulator["restart"]>[0]>): void {
    this.#restarting ??= this.#simulator.restart(options).finally(() => (this.#restarting = undefined));
  }
}
