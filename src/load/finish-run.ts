import { open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { OutputStream } from "./command-io.ts";
import { CommandFailure, errorCode } from "./failure.ts";
import type { BotsReport } from "./report.ts";
import { summaryText } from "./summary.ts";
import { checkThreshold, type Threshold } from "./threshold.ts";

/** The options of a command that ends with a report. */
export interface FinishOptions {
  /** The file for the report. */
  readonly report?: string;
  readonly expect?: readonly Threshold[];
}

/**
 * Checks a run against its thresholds, prints its summary, and writes its report.
 *
 * @returns 0 when every threshold is met, 1 when not, and 130 when the run was aborted
 * @throws CommandFailure when no bot worked, or the report cannot be written; an existing one is then unchanged
 */
export async function finishRun(
  measured: BotsReport,
  { report: file, expect = [] }: FinishOptions,
  stdout: OutputStream,
): Promise<number> {
  const report = { ...measured, thresholds: expect.map((threshold) => checkThreshold(measured, threshold)) };
  stdout.write(summaryText(report, stdout));
  if (file !== undefined) await writeReport(file, report);
  const { ending, counts, thresholds } = report;
  if (counts.live_max === 0)
    throw new CommandFailure(1, "No bot was ever Live. The failures above give the reason.");
  if (ending === "server-gone") throw new CommandFailure(1, "The simulator ended during the run.");
  if (ending === "time" && counts.live_at_end === 0) {
    throw new CommandFailure(1, "No bot was Live any more at the end: the server cannot be reached.");
  }
  if (ending === "aborted") return 130;
  return thresholds.every(({ isMet }) => isMet) ? 0 : 1;
}

/** Checks before a run that its report can be written. @throws CommandFailure when it cannot */
export async function checkReportFile(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const folder = dirname(file);
  const [place, found] = await Promise.all([folder, file].map((path) => stat(path).catch(() => undefined)));
  if (place?.isDirectory() !== true) {
    throw new CommandFailure(2, `There is no folder for the report: ${folder}`);
  }
  if (found?.isDirectory() === true) throw new CommandFailure(2, `The report would be a folder: ${file}`);
  try {
    await (await open(file, "a")).close();
    // A new file appears only at the end of the run.
    if (found === undefined) await rm(file);
  } catch (error) {
    throw new CommandFailure(2, `The report cannot be written: ${file} (${errorCode(error)})`);
  }
}

async function writeReport(file: string, report: BotsReport): Promise<void> {
  // A pipe or a device cannot be replaced.
  const isPlain = (await stat(file).catch(() => undefined))?.isFile() ?? true;
  const place = isPlain ? `${file}.${process.pid}.part` : file;
  try {
    await writeFile(place, `${JSON.stringify(report)}\n`);
    if (isPlain) await rename(place, file);
  } catch (error) {
    if (isPlain) await rm(place, { force: true }).catch(() => {});
    const code = errorCode(error);
    const reason = code === "ENOSPC" ? "no space is left on the device" : code;
    throw new CommandFailure(1, `The report could not be written: ${file} (${reason})`);
  }
}
