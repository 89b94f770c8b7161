#!/usr/bin/env node
import { failureLine, runCommandLine } from "./program.ts";

const { stdin, stdout, stderr, env } = process;

// A reader that goes away, as `head` does, is not a failure.
stdout.on("error", () => {});
stderr.on("error", () => {});
process.on("uncaughtException", (error) => {
  stderr.write(failureLine(error));
  process.exit(1);
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  signals: process,
  exit: (code) => process.exit(code),
  clock: {
    now: () => Date.now(),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  },
});
