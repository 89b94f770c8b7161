import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Job } from "kubernetes-models/batch/v1/Job";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { run } from "../cli/command.ts";
import { folderWith } from "./folder-with.ts";

type Manifest<Kind extends new (data: never) => unknown> = ConstructorParameters<Kind>[0];

const [configMap, claim, job] = parseAllDocuments(readFileSync("docs/bots-job.yaml", "utf8")).map(
  (document) => document.toJS() as unknown,
) as [
  NonNullable<Manifest<typeof ConfigMap>>,
  NonNullable<Manifest<typeof PersistentVolumeClaim>>,
  NonNullable<Manifest<typeof Job>>,
];
const container = job.spec!.template.spec!.containers[0]!;

test("the manifest is valid by the published schemas of Kubernetes", () => {
  for (const one of [new ConfigMap(configMap), new PersistentVolumeClaim(claim), new Job(job)]) {
    expect(() => one.validate()).not.toThrow();
  }
  expect(() => new Job({ ...job, spec: { ...job.spec!, completions: "8" as never } }).validate()).toThrow(
    /completions must be integer/,
  );
});

test("each index of the job is a shard of the run, and none is run twice", () => {
  expect(job.spec).toMatchObject({
    completionMode: "Indexed",
    completions: 8,
    parallelism: 8,
    backoffLimit: 0,
  });
  const [script = ""] = container.args ?? [];
  // What the shell makes of it, with the command itself replaced by one that prints its arguments.
  const shards = Array.from({ length: 8 }, (_, index) => {
    const printing = script.replace("exec node_modules/.bin/deskstate bots", `printf '%s\\n'`);
    const env = { JOB_COMPLETION_INDEX: String(index), DESKSTATE_URL: "https://gws.example.com/api/v2" };
    const args = execFileSync("/bin/sh", ["-c", printing], { env, encoding: "utf8" }).trimEnd().split("\n");
    return { args, shard: args[args.indexOf("--shard") + 1], report: args[args.indexOf("--report") + 1] };
  });
  expect(shards.map(({ shard }) => shard)).toEqual(["1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8"]);
  expect(new Set(shards.map(({ report }) => report)).size).toBe(8);
});

test("the command accepts the arguments of the manifest, and takes the password from the secret", async () => {
  const file = folderWith({ "support.ts": configMap.data!["support.ts"]! });
  const [script = ""] = container.args ?? [];
  const text = script
    .replace("exec node_modules/.bin/deskstate bots", `printf '%s\\n'`)
    .replace("/script/support.ts", file("support.ts"))
    .replace("/reports/", file("no-such-folder/"));
  const env = { JOB_COMPLETION_INDEX: "7", DESKSTATE_URL: "https://gws.example.com/api/v2" };
  const args = execFileSync("/bin/sh", ["-c", text], { env, encoding: "utf8" }).trimEnd().split("\n");
  // The place of the report is checked after everything else but the accounts.
  expect((await run(["bots", ...args])).stderr).toContain("There is no folder for the report");
  expect(container.env?.find(({ name }) => name === "DESKSTATE_PASSWORD")).toEqual({
    name: "DESKSTATE_PASSWORD",
    valueFrom: { secretKeyRef: { name: "deskstate-bots", key: "password" } },
  });
});

test("the pod outlives the drain of the bots", () => {
  const drain = Number(/--drain (\d+)s/.exec(container.args?.[0] ?? "")?.[1]);
  expect(job.spec!.template.spec!.terminationGracePeriodSeconds).toBeGreaterThan(drain);
});
