import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Runs a job in a process of its own, with the flags of this process. Resolves to its answer. */
export async function run<Result>(file: string, given: object): Promise<Result> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...process.execArgv, path, JSON.stringify(given)],
    { maxBuffer: 2 ** 24 },
  );
  return JSON.parse(stdout) as Result;
}

/** Returns the job of this process. */
export function job<Job>(): Job {
  return JSON.parse(process.argv[2]!) as Job;
}

/** Sends the result to the process that started the job. */
export function answer<Result>(result: Result): void {
  process.stdout.write(JSON.stringify(result));
}
