import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { ScriptedServer } from "./scripted-server.ts";

/** A scripted server on a socket of its own. */
export interface Listening {
  readonly server: ScriptedServer;
  /** Its base URL. */
  readonly url: string;
  /** The number of requests to leave HTTP for another protocol. */
  readonly upgrades: () => number;
}

/** Starts a scripted server on loopback; it is closed when the test is over. */
export async function listen(): Promise<Listening> {
  const server = new ScriptedServer(systemClock);
  let upgrades = 0;
  const http = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      void (async () => {
        const path = (request.url ?? "").replace(/^\/api\/v2/, "");
        const headers = request.headers as Record<string, string | undefined>;
        const text = Buffer.concat(pieces).toString("utf8");
        const answer = await server.serve({ method: request.method ?? "", path, headers, text });
        if (answer === undefined) return;
        const { status = 200, headers: more = {}, body = "" } = answer;
        for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
        response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
      })();
    });
  });
  http.on("upgrade", (_request, socket) => {
    upgrades++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  return {
    server,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/v2`,
    upgrades: () => upgrades,
  };
}
