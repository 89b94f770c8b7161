import { isDeepStrictEqual } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { seededRandom } from "../../src/domain/random.ts";
import { scheduleOf, type FaultName } from "../link/schedule.ts";
import { until } from "../link/until.ts";
import { Center, shown } from "./center.ts";
import { interopDesk, type InteropDesk } from "./interop-desk.ts";
import { versions } from "./versions.ts";
import { wait } from "./wait.ts";

const timeout = 30_000;
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

/** Does to a network or a server what a schedule of the simulator's does; what this server cannot do it leaves out. */
function disturber({ server, proxy }: InteropDesk, center: Center) {
  let restarting: Promise<void> | undefined;
  let ended = 0;
  const restart = async (downFor: number): Promise<void> => {
    await server.stop();
    await wait(downFor);
    await server.start();
    await center.sendAll();
  };
  const inflict = async (fault: FaultName, amount: number): Promise<void> => {
    const forAWhile = (turn: (on: boolean) => void): void => {
      turn(true);
      setTimeout(() => turn(false), amount);
    };
    switch (fault) {
      case "reset all":
        return proxy.resetAll();
      case "refuse":
        proxy.resetAll();
        return forAWhile(proxy.refuse);
      case "cut":
        return proxy.cutAfter(amount);
      case "swallow replies":
        return forAWhile(proxy.swallowReplies);
      case "delay replies":
        return forAWhile((on) => proxy.delayReplies(on ? amount / 4 : 0));
      case "blackhole":
        return forAWhile(proxy.blackhole);
      case "expire session":
        return server.isUp ? server.order({ end: "http" }) : undefined;
      case "expire comet":
        // A desk whose sessions the server ends one after the other stops, as it should.
        return server.isUp && ended++ === 0 ? server.order({ end: "comet" }) : undefined;
      case "restart":
      case "forget everything":
        restarting ??= restart(amount).finally(() => (restarting = undefined));
        return undefined;
      default:
        return undefined;
    }
  };
  const heal = async (): Promise<void> => {
    await restarting;
    proxy.heal();
  };
  return { inflict, heal };
}

/** Compares, while the desk is Live and no fault is active: behind a mark, the desk shows the state of the server. */
async function expectTruth({ desk }: InteropDesk, center: Center): Promise<void> {
  const isLive = () => desk.connection.state === "Live";
  for (;;) {
    await until("the desk is Live", isLive, timeout);
    const hasReceived = await center.mark();
    await until("a mark is received, or the connection lost", () => hasReceived(desk) || !isLive(), timeout);
    if (!hasReceived(desk)) continue;
    // What may be a new offer is looked up in the server's list; that takes a moment.
    const isEqual = () => isDeepStrictEqual(shown(desk), center.truth);
    await until("the desk shows the state of the server", () => isEqual() || !isLive(), timeout).catch(
      () => {},
    );
    if (isLive()) return expect(shown(desk)).toEqual(center.truth);
  }
}

test.each(versions.flatMap((version) => seeds.map((seed) => [version, seed] as const)))(
  "CometD %s: whatever happens to the network and the server, Live means the truth (seed %d)",
  { timeout: 120_000 },
  async (version, seed) => {
    const random = seededRandom(seed * 7919 + 1);
    const all = await interopDesk(version, {
      ack: random() < 0.7,
      comet: { timeout: 250, maxInterval: 500 },
    });
    const center = new Center(all.server, random);
    const { inflict, heal } = disturber(all, center);
    onTestFinished(heal);
    await all.desk.start();
    for (const step of scheduleOf(seed)) {
      if ("check" in step) {
        await heal();
        await expectTruth(all, center);
        continue;
      }
      await wait(step.after);
      await ("deed" in step ? center.do(step.deed) : inflict(step.fault, step.amount));
    }
    await all.desk.stop();
    expect(all.clock.pending).toBe(0);
  },
);
