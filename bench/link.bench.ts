import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AckExtension, CometD } from "cometd";
import { createDesk } from "deskstate";
import { gws, gws851 } from "deskstate/gws";
import { now } from "./measure.ts";
import { answer, job } from "./process.ts";

/** Which client takes in the messages. */
export interface LinkJob {
  readonly client: "bare" | "desk";
  readonly messages: number;
}

/** Microseconds of processor time of the client's process, per message. */
export interface LinkResult {
  readonly cpu: number;
}

interface Address {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

const { client, messages } = job<LinkJob>();
const path = fileURLToPath(new URL("link-server.ts", import.meta.url));
const server = execFile(process.execPath, [...process.execArgv, path]);
const line = await new Promise<string>((resolve) => server.stdout?.once("data", resolve));
const address = JSON.parse(line) as Address;
let taken = 0;
const close = await (client === "bare" ? startBare(address) : startDesk(address));

await receive(500);
const began = now();
await receive(messages);
answer<LinkResult>({ cpu: (now() - began) / messages });
close();
server.kill();

async function receive(count: number): Promise<void> {
  const end = taken + count;
  server.stdin?.write(`${count}\n`);
  while (taken < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function startDesk({ url, user, password }: Address): Promise<() => void> {
  const dialect = {
    ...gws851,
    decode: (message: unknown) => {
      taken++;
      return gws851.decode(message);
    },
  };
  const desk = createDesk({ link: gws({ url, credentials: { user, password }, dialect }) });
  await desk.start();
  return () => void desk.stop();
}

/** The CometD client alone, over the smallest XMLHttpRequest that fetch can be. */
async function startBare({ url, user, password }: Address): Promise<() => void> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const signedIn = await fetch(`${url}/me`, { headers: { authorization } });
  let cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  class Request {
    static readonly UNSENT = 0;
    readyState = 1;
    status = 0;
    statusText = "";
    responseText = "";
    onload = () => {};
    onerror = () => {};
    #url = "";
    open(_method: string, to: string) {
      this.#url = to;
    }
    setRequestHeader() {}
    abort() {}
    send(body: string) {
      const headers = { cookie, "content-type": "application/json" };
      const load = async () => {
        const response = await fetch(this.#url, { method: "POST", body, headers });
        for (const one of response.headers.getSetCookie()) cookie += `; ${one.split(";")[0]}`;
        this.status = response.status;
        this.responseText = await response.text();
      };
      load().then(
        () => this.onload(),
        () => this.onerror(),
      );
    }
  }
  Object.assign(globalThis, { window: { setTimeout, clearTimeout, console, XMLHttpRequest: Request } });
  const comet = new CometD();
  comet.unregisterTransport("callback-polling");
  comet.registerExtension("ack", new AckExtension());
  comet.configure({ url: `${url}/notifications`, logLevel: "warn", useWorkerScheduler: false });
  await new Promise<void>((resolve) => {
    comet.addListener("/meta/handshake", () => {
      comet.subscribe(
        "/v2/me/interactions",
        () => taken++,
        () => resolve(),
      );
    });
    comet.handshake();
  });
  return () => comet.disconnect();
}
