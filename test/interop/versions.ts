import { fileURLToPath } from "node:url";

/** The Maven module of the server. */
export const javaModule = fileURLToPath(new URL("java-cometd", import.meta.url));

/** DESKSTATE_COMETD=4.0.9,5.0.16 tests other servers than one of 2016 and one of today. */
export const versions: readonly string[] = (process.env["DESKSTATE_COMETD"] ?? "3.0.10,9.0.0").split(",");

/** Returns the arguments with which Maven builds the server for this version of CometD. */
export function mavenOptions(version: string): readonly string[] {
  const generation = Number(version.split(".")[0]);
  const chosen = [`-Dcometd.version=${version}`];
  if (generation < 5) return chosen;
  if (generation === 5) return [...chosen, "-Dcometd.artifact=cometd-java-server-common"];
  if (generation === 8) return [...chosen, "-Pcurrent", "-Djetty.version=12.0.25"];
  return [...chosen, "-Pcurrent"];
}
