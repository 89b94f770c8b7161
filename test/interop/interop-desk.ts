import { onTestFinished } from "vitest";
import type { DeskOptions } from "../../src/index.ts";
import { gws851, type GwsOptions } from "../../src/links/gws/index.ts";
import { deskAt, email, type DeskAt } from "../link/desk-at.ts";
import { startProxy, type Proxy } from "../link/proxy.ts";
import { until } from "../link/until.ts";
import { javaServer, type JavaServer, type JavaServerOptions } from "./java-server.ts";

/** A desk at a Java server, with a network in between that can be broken. */
export interface InteropDesk extends DeskAt {
  readonly server: JavaServer;
  readonly proxy: Proxy;
  readonly url: string;
  /** The notes of the notifications that the link handed on, in their order. */
  readonly heard: readonly unknown[];
}

/** The only agent of the servers. */
export const credentials = { user: "ana", password: "secret" };

/** Starts a server and makes a desk for it. */
export async function interopDesk(
  version: string,
  options: JavaServerOptions = {},
  more: Partial<GwsOptions> & Partial<DeskOptions> = {},
): Promise<InteropDesk> {
  const server = await javaServer(version, options);
  const proxy = await startProxy(server.port);
  onTestFinished(() => proxy.close());
  const url = `http://127.0.0.1:${proxy.port}/api/v2`;
  const heard: unknown[] = [];
  const dialect: typeof gws851 = {
    ...gws851,
    decode: (message) => {
      heard.push((message as { data?: { userData?: { note?: unknown } } }).data?.userData?.note);
      return gws851.decode(message);
    },
  };
  return { ...deskAt(url, { credentials, dialect, ...more }), server, proxy, url, heard };
}

/** Notifications of emails, each with one of these notes. */
export function newsOf(notes: readonly string[]): { topic: string; data: unknown }[] {
  return notes.map((note) => ({ topic: "/v2/me/interactions", data: noted(note) }));
}

/** An email whose id and user data tell the note. */
export function noted(note: string): object {
  return email(`e${note}`.replace(/\W/g, ""), "Invited", { userData: { note } });
}

export async function untilLive({ desk }: InteropDesk): Promise<void> {
  await until("the desk is Live", () => desk.connection.state === "Live");
}

export async function untilHeard({ heard }: InteropDesk, notes: readonly string[]): Promise<void> {
  await until(`${notes.length} notifications are heard`, () => heard.length >= notes.length);
}
