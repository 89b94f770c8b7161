import type { CommandIO } from "./command-io.ts";
import { exitCode } from "./exit-code.ts";
import { CommandFailure } from "./failure.ts";
import { mergeReports, missingShards } from "./merge-reports.ts";
import { readReport } from "./read-report.ts";
import { checkPlace, reportFiles, writeReport } from "./report-file.ts";
import { summaryText } from "./summary.ts";
import { judge, type Threshold } from "./threshold.ts";

/** The options of the command `bots merge`. */
export interface MergeOptions {
  readonly report?: string;
  readonly expect?: readonly Threshold[];
  readonly partial?: boolean;
}

/** Merges the reports of the shards of a run into one report. @returns the exit code. */
export async function runMerge(
  files: readonly string[],
  { report: place, expect = [], partial = false }: MergeOptions,
  { stdout }: Pick<CommandIO, "stdout">,
): Promise<number> {
  const reports = await Promise.all(files.map(async (file) => ({ file, report: await readReport(file) })));
  const merged = mergeReports(reports);
  const missing = missingShards(merged);
  if (missing.length > 0 && !partial) {
    const subject = missing.length === 1 ? "Shard" : "Shards";
    const verb = missing.length === 1 ? "is" : "are";
    throw new CommandFailure(
      1,
      `${subject} ${missing.join(", ")} of ${merged.shards.of} ${verb} missing: give all reports, or --partial.`,
    );
  }
  const report = { ...merged, verdicts: expect.map((threshold) => judge(merged, threshold)) };
  const target = place === undefined ? undefined : reportFiles(place);
  if (target !== undefined) await checkPlace(target);
  stdout.write(summaryText(report, stdout));
  if (target !== undefined) await writeReport(target, report);
  return exitCode(report);
}
