import { expect, test } from "vitest";
import { runSchedule, type Report } from "./run-schedule.ts";
import { scheduleOf } from "./schedule.ts";

// DESKSTATE_SCHEDULES=1000 is the long gate, DESKSTATE_SEED=7 runs one schedule again.
const { DESKSTATE_SCHEDULES: count = "20", DESKSTATE_SEED: only } = process.env;
const seeds =
  only === undefined ? Array.from({ length: Number(count) }, (_, index) => index + 1) : [Number(only)];
const concurrency = 20;

test(
  "whatever happens to the network and the server, nothing is lost, nothing is doubled, and Live means the truth",
  { timeout: 120_000 + seeds.length * 10_000 },
  async () => {
    const waiting = [...seeds];
    const reports: Report[] = [];
    const failed: string[] = [];
    const work = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const report = await runSchedule(seed);
        reports.push(report);
        if (report.faults.length > 0) {
          failed.push(
            `DESKSTATE_SEED=${seed}: ${report.faults.join("\n")}\n${JSON.stringify(scheduleOf(seed))}`,
          );
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    expect(failed.join("\n\n")).toBe("");
    expect(reports).toHaveLength(seeds.length);
    // Where nothing happens nothing is proved.
    if (only !== undefined) return;
    expect(sum(reports, "operations")).toBeGreaterThan(seeds.length * 5);
    expect(sum(reports, "events")).toBeGreaterThan(seeds.length * 5);
    expect(sum(reports, "losses")).toBeGreaterThan(seeds.length);
  },
);

function sum(reports: readonly Report[], what: "events" | "operations" | "losses"): number {
  return reports.reduce((total, report) => total + report[what], 0);
}
