import { request as ask, type IncomingMessage, type ServerResponse } from "node:http";

/** Headers about one connection only. */
const ofOneHop = ["connection", "keep-alive", "transfer-encoding"];

/**
 * Passes a request on to a server and its answer back. Where one side breaks off the other one is broken off too, so
 * that a page sees what a network does, and not the error page of a proxy.
 */
export function passOn(request: IncomingMessage, response: ServerResponse, server: string): void {
  const { method, url, headers } = request;
  const onward = ask(new URL(url ?? "", server), { method, headers, agent: false });
  const breakOff = () => void response.destroy();
  onward.on("response", (answer) => {
    const told = Object.entries(answer.headers).filter(([name]) => !ofOneHop.includes(name));
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(told));
    answer.on("error", breakOff).pipe(response);
  });
  onward.on("error", breakOff);
  response.on("close", () => onward.destroy());
  request.on("error", () => onward.destroy()).pipe(onward);
}
