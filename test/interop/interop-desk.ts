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
  /** The remarks of the notifications that the link handed on, in their order. */
  readonly received: readonly unknown[];
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
  const received: unknown[] = [];
  const dialect: typeof gws851 = {
    ...gws851,
    decode: (message) => {
      received.push((message as { data?: { userData?: { remark?: unknown } } }).data?.userData?.remark);
      return gws851.decode(message);
    },
  };
  return { ...deskAt(url, { credentials, dialect, ...more }), server, proxy, url, received };
}

/** Notifications of emails, each with one of these remarks. */
export function notificationsOf(remarks: readonly string[]): { topic: string; data: unknown }[] {
  return remarks.map((remark) => ({ topic: "/v2/me/interactions", data: emailWith(remark) }));
}

/** Returns an email with the remark in its id and user data. */
export function emailWith(remark: string): object {
  return email(`e${remark}`.replace(/\W/g, ""), "Invited", { userData: { remark } });
}

export async function untilLive({ desk }: InteropDesk): Promise<void> {
  await until("the desk is Live", () => desk.connection.state === "Live");
}

export async function untilReceived({ received }: InteropDesk, remarks: readonly string[]): Promise<void> {
  await until(`${remarks.length} notifications are received`, () => received.length >= remarks.length);
}
