import type { IncomingMessage } from "node:http";
import type { Answer } from "./answer.ts";
import { failed } from "./answer.ts";

/** No operation of an agent is larger; a request that is gets 413. */
const largestBody = 1_048_576;

export type ReadBody = { readonly json: unknown } | { readonly refused: Answer };

/** Reads a JSON body whole. A request without a body gives `undefined`. Rejects when the connection breaks. */
export async function readJson(request: IncomingMessage): Promise<ReadBody> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= largestBody) pieces.push(piece);
  }
  if (size > largestBody) return refused(413, `The body is larger than ${largestBody} bytes.`);
  if (size === 0) return { json: undefined };
  const contentType = request.headers["content-type"];
  if (contentType !== undefined && !/^application\/json\s*(;|$)/i.test(contentType)) {
    return refused(415, "The body must be application/json.");
  }
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces))) };
  } catch {
    return refused(400, "The body is not JSON in UTF-8.");
  }
}

function refused(status: number, statusMessage: string): ReadBody {
  return { refused: failed(status, 4, statusMessage) };
}
