import { spawnSync } from "node:child_process";
import { javaModule, mavenOptions, versions } from "./versions.ts";

/** Builds the servers that the tests run against, once for a run. */
export default function buildServers(): void {
  for (const [program, option] of [
    ["java", "-version"],
    ["mvn", "-version"],
  ] as const) {
    if (spawnSync(program, [option]).status === 0) continue;
    throw new Error(
      `"${program}" cannot be run. These tests need Java 17 or newer (JDK) and Maven 3 on the PATH.`,
    );
  }
  for (const version of versions) {
    console.log(`Building a server with CometD ${version}.`);
    const { status, stdout } = spawnSync("mvn", ["-q", "-B", "process-classes", ...mavenOptions(version)], {
      cwd: javaModule,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`Maven could not build the server with CometD ${version}.\n${stdout}`);
  }
}
