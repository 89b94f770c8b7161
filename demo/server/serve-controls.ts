import type { IncomingMessage, ServerResponse } from "node:http";
import { NotPossible, type Control, type Parameters, type SimulatorControls } from "./simulator-controls.ts";

const maxCharacters = 10_000;

/**
 * Serves the controls of a simulator: `GET` returns its state, `POST` on the name of a control changes it. Only the page
 * itself may do that. A request of another origin is refused, and no header allows it to read the responses.
 */
export async function serveControls(
  simulator: SimulatorControls,
  request: IncomingMessage,
  response: ServerResponse,
  { hasControls }: { readonly hasControls: boolean },
): Promise<void> {
  const [, name] = (request.url ?? "").split("?")[0]?.split("/").filter(Boolean) ?? [];
  if (name === undefined && request.method === "GET") return write(response, 200, simulator.state());
  if (!hasControls || name === undefined || !isControl(simulator, name)) {
    return write(response, 404, { message: "There is no such control." });
  }
  if (request.method !== "POST") return write(response, 405, { message: "A control is used by POST." });
  if (!isSameOrigin(request)) return write(response, 403, { message: "Only the demo itself may do this." });
  const parameters = await readParameters(request);
  if (parameters === undefined) return write(response, 400, { message: "The body has to be JSON." });
  try {
    await simulator.controls[name](parameters);
    write(response, 200, simulator.state());
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    write(response, 409, { message: error.message });
  }
}

function isControl(simulator: SimulatorControls, name: string): name is Control {
  return Object.hasOwn(simulator.controls, name);
}

/** Browsers send the origin with every POST; a request without one does not come from a page. */
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
    if (text.length > maxCharacters) return undefined;
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
