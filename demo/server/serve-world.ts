import type { IncomingMessage, ServerResponse } from "node:http";
import { NotPossible, type Control, type Parameters, type World } from "./world.ts";

const maxResponseBytes = 10_000;

/**
 * Answers what a page asks of the world: `GET` tells its state, `POST` on the name of a control changes it. Only the
 * page itself may do that: a request of another origin is refused, and nothing allows it to read the answers.
 */
export async function serveWorld(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  { hasControls }: { readonly hasControls: boolean },
): Promise<void> {
  const name = (request.url ?? "").split("?")[0]?.split("/").filter(Boolean).at(0);
  if (name === undefined && request.method === "GET") return write(response, 200, world.state());
  if (!hasControls || name === undefined || !isControl(world, name)) {
    return write(response, 404, { message: "There is no such control." });
  }
  if (request.method !== "POST") return write(response, 405, { message: "A control is used by POST." });
  if (!isSameOrigin(request)) return write(response, 403, { message: "Only the demo itself may do this." });
  const parameters = await readParameters(request);
  if (parameters === undefined) return write(response, 400, { message: "The body has to be JSON." });
  try {
    await world.controls[name](parameters);
    write(response, 200, world.state());
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    write(response, 409, { message: error.message });
  }
}

function isControl(world: World, name: string): name is Control {
  return Object.hasOwn(world.controls, name);
}

/** Browsers name the origin with every POST; whoever names none is no page. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

async function readParameters(request: IncomingMessage): Promise<Parameters | undefined> {
  if (request.headers["content-type"]?.startsWith("application/json") !== true) return undefined;
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maxResponseBytes) return undefined;
  }
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

function write(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}
