import { request as send, type IncomingMessage, type ServerResponse } from "node:http";

/** Headers about one connection only. */
const hopByHop = ["connection", "keep-alive", "transfer-encoding"];

/**
 * Forwards a request to a server, and its response back. When one side breaks off, the other is broken off too: a page
 * then sees what a network does, and not the error page of a proxy.
 */
export function passOn(request: IncomingMessage, response: ServerResponse, server: string): void {
  const { method, url, headers } = request;
  const onward = send(new URL(url ?? "", server), { method, headers, agent: false });
  const breakOff = () => void response.destroy();
  onward.on("response", (answer) => {
    const kept = Object.entries(answer.headers).filter(([name]) => !hopByHop.includes(name));
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
    answer.on("error", breakOff).pipe(response);
  });
  onward.on("error", breakOff);
  response.on("close", () => onward.destroy());
  request.on("error", () => onward.destroy()).pipe(onward);
}
