import { open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CommandFailure, errorCode } from "./failure.ts";
import { reportPage } from "./report-page.ts";
import type { BotsReport } from "./report.ts";

/** The files of a report: JSON for programs, and beside it a page for people. */
export interface ReportFiles {
  readonly json: string;
  readonly page: string;
}

/** Returns the files for the option `--report`. */
export function reportFiles(file: string): ReportFiles {
  return { json: file, page: `${file.replace(/\.json$/i, "")}.html` };
}

/**
 * Checks before a run that its report can be written.
 *
 * @throws CommandFailure when it cannot
 */
export async function checkPlace({ json, page }: ReportFiles): Promise<void> {
  const folder = dirname(json);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CommandFailure(2, `There is no folder for the report: ${folder}`);
  for (const file of [json, page]) {
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory() === true) throw new CommandFailure(2, `The report would be a folder: ${file}`);
    try {
      await (await open(file, "a")).close();
      // A new file appears only at the end of the run.
      if (found === undefined) await rm(file);
    } catch (error) {
      throw new CommandFailure(2, `The report cannot be written: ${file} (${errorCode(error)})`);
    }
  }
}

/** Writes a report. @throws CommandFailure when it cannot; an existing report is then unchanged. */
export async function writeReport({ json, page }: ReportFiles, report: BotsReport): Promise<void> {
  await write(json, `${JSON.stringify(report)}\n`);
  await write(page, reportPage(report));
}

async function write(file: string, text: string): Promise<void> {
  // A pipe or a device cannot be replaced.
  const isPlain = await stat(file).then(
    (found) => found.isFile(),
    () => true,
  );
  const place = isPlain ? `${file}.${process.pid}.part` : file;
  try {
    await writeFile(place, text);
    if (isPlain) await rename(place, file);
  } catch (error) {
    if (isPlain) await rm(place, { force: true }).catch(() => {});
    const code = errorCode(error);
    const reason = code === "ENOSPC" ? "no space is left on the device" : code;
    throw new CommandFailure(1, `The report could not be written: ${file} (${reason})`);
  }
}
