import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

export interface Finding {
  /** The rule, such as "import(no-cycle)". */
  readonly rule: string;
  readonly file: string;
  /** The text that the finding underlines, without quotes. */
  readonly text: string;
}

interface Output {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly filename: string;
    readonly labels: readonly [{ readonly span: { readonly offset: number; readonly length: number } }];
  }[];
}

/** Runs oxlint over a folder with one configuration file and returns what it reports. */
export function lint(folder: string, configuration: string): Finding[] {
  const program = join(root, "node_modules/oxlint/bin/oxlint");
  const arguments_ = [program, "--config", configuration, "--format", "json"];
  const run = spawnSync(process.execPath, arguments_, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (!run.stdout.startsWith("{")) throw new Error(`oxlint failed: ${run.stdout}${run.stderr}`);
  return (JSON.parse(run.stdout) as Output).diagnostics.map(({ code, filename, labels: [{ span }] }) => {
    const source = readFileSync(join(folder, filename)).subarray(span.offset, span.offset + span.length);
    return {
      rule: code,
      file: filename.replaceAll("\\", "/"),
      text: source.toString().replaceAll(/^['"]|['"]$/g, ""),
    };
  });
}
