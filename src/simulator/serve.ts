import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import { failed } from "./answer.ts";
import type { RefuseWith } from "./faults.ts";
import { readClaim } from "./gate.ts";
import { readJson } from "./http-body.ts";
import { isObject } from "./operation.ts";
import { serveComet } from "./serve-comet.ts";
import { serveRest } from "./serve-rest.ts";
import type { Serving, Visit } from "./visit.ts";
import { note, reply, write } from "./visit.ts";

const basePath = "/api/v2";

/** Deals with one HTTP request; never rejects. */
export async function serveRequest(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await receive(serving, request, response);
  } catch (error) {
    // A connection that broke while its body was read has nobody to answer.
    if (request.socket.destroyed || response.headersSent) return;
    write(response, failed(500, 4, `The simulator failed: ${String(error)}`));
  }
}

async function receive(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const read = await readJson(request);
  const target = readTarget(request.url ?? "");
  if (target === undefined) return write(response, failed(400, 4, "The path cannot be read."));
  const { segments } = target;
  const isComet = segments[0] === "notifications";
  const claim = readClaim(request, serving.center.agents, serving.sessions);
  if (claim.agent !== undefined) serving.belongsTo(request, claim.agent.user);
  const json = "json" in read ? read.json : undefined;
  const operationNames = namesOf(json, isComet);
  const path = `/${segments.join("/")}`;
  const suffering = serving.rules.suffer({ user: claim.agent?.user, operationNames, path, isComet });
  const visit: Visit = {
    ...target,
    request,
    response,
    method: request.method ?? "",
    json,
    claim,
    suffering,
    operationNames,
  };

  if (suffering.loseRequest) {
    note(serving, visit, "lost", false);
    request.socket.destroy();
  } else if (suffering.refuse !== undefined) reply(serving, visit, refusal(suffering.refuse));
  else if ("refused" in read) reply(serving, visit, read.refused);
  else if (isComet) serveComet(serving, visit);
  else serveRest(serving, visit);
}

/** The path below the base, in decoded pieces; `undefined` when it cannot be decoded. */
function readTarget(url: string): Pick<Visit, "segments" | "query"> | undefined {
  try {
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    if (pathname !== basePath && !pathname.startsWith(`${basePath}/`))
      return { segments: [], query: searchParams };
    const segments = pathname
      .slice(basePath.length + 1)
      .split("/")
      .map(decodeURIComponent);
    return { segments, query: searchParams };
  } catch {
    return undefined;
  }
}

function namesOf(json: unknown, isComet: boolean): string[] {
  const candidates = isComet && Array.isArray(json) ? json : [json];
  return candidates.flatMap((candidate: unknown) => {
    if (!isObject(candidate)) return [];
    const name = candidate[isComet ? "channel" : "operationName"];
    return typeof name === "string" ? [name.slice(0, 100)] : [];
  });
}

function refusal({ httpStatus = 200, statusCode = 4, statusMessage, headers, body }: RefuseWith): Answer {
  return {
    status: httpStatus,
    body: body ?? { statusCode, statusMessage: statusMessage ?? "Refused by a fault that was asked for." },
    ...(headers === undefined ? {} : { headers }),
    done: false,
  };
}
