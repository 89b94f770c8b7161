import { type SimAgent } from "./interaction.ts";
import { channelNames, isChannelName } from "./accounts.ts";
import { agentStateEntry, channelEntry } from "./agent-states.ts";
import {
  type RestResponse,
  executedResponse,
  failure,
  matchingHttpStatus,
  ok,
  refusedResponse,
} from "./rest-response.ts";
import type { AnswerSpelling } from "./behaviour.ts";
import type { ContactCenter } from "./contact-center.ts";
import { listedLeg } from "./legs.ts";
import { type Refusal, type RequestBody, missing, notFound } from "./operation.ts";
import { performOperation } from "./perform.ts";
import { revokeOffers, setReadiness } from "./readiness.ts";

/** A REST request of a known agent. */
export interface RestRequest {
  readonly center: ContactCenter;
  readonly agent: SimAgent;
  /** The base URL, for the URIs in responses. */
  readonly baseUrl: string;
  /** The path below the base URL, decoded segment by segment. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: RequestBody;
  /** Whether the server knows StartContactCenterSession and EndContactCenterSession. */
  readonly contactCenterSession: boolean;
  /** Ends the HTTP session that the request belongs to. */
  readonly endSession: () => void;
}

/** Answers a request; `name` is the segment at the `*` of the path. */
type Handler = (request: RestRequest, name: string) => RestResponse;

const routes: readonly {
  readonly path: readonly string[];
  readonly GET?: Handler;
  readonly POST?: Handler;
}[] = [
  { path: ["me"], GET: readMe, POST: operateOnMe },
  { path: ["me", "channels"], GET: readChannels },
  { path: ["me", "channels", "*"], GET: readChannel, POST: operateOnChannel },
  { path: ["me", "interactions"], GET: readInteractions },
  { path: ["me", "interactions", "*"], GET: readInteraction, POST: operateOnInteraction },
  { path: ["settings", "agent-states"], GET: readAgentStates },
  { path: ["users"], GET: readUsers },
];

export function noSuchPath(): RestResponse {
  return failure(404, 6, "There is nothing under this path.");
}

export function answerRest(method: string, request: RestRequest): RestResponse {
  const { segments } = request;
  const route = routes.find(
    ({ path }) =>
      path.length === segments.length && path.every((part, at) => part === "*" || part === segments[at]),
  );
  if (route === undefined) return noSuchPath();
  const handler = method === "GET" || method === "POST" ? route[method] : undefined;
  if (handler === undefined) return failure(405, 3, "This method is not allowed here.");
  return handler(request, segments[route.path.indexOf("*")] ?? "");
}

function readMe({ center, agent, baseUrl, query }: RestRequest): RestResponse {
  const user = userEntry(agent, baseUrl);
  return ok({
    user: query.has("subresources") ? { ...user, channels: channelEntries(center, agent) } : user,
  });
}

function operateOnMe(request: RestRequest): RestResponse {
  const { center, agent, body, contactCenterSession } = request;
  const { answerSpelling } = center.behaviour;
  switch (body["operationName"]) {
    case "Ready":
    case "NotReady":
      return setChannels(request, channelNames);
    case "StartContactCenterSession":
      if (!contactCenterSession) break;
      return executedResponse(answerSpelling);
    case "EndContactCenterSession":
      if (!contactCenterSession) break;
      setReadiness(center, agent, channelNames, { state: "NotReady" });
      revokeOffers(center, agent, channelNames);
      request.endSession();
      return executedResponse(answerSpelling);
  }
  return refuse(center, answerSpelling, unknownOperation(body));
}

function readChannels({ center, agent }: RestRequest): RestResponse {
  return ok({ channels: channelEntries(center, agent) });
}

function readChannel({ center, agent }: RestRequest, name: string): RestResponse {
  const readiness = isChannelName(name) ? agent.channels.get(name) : undefined;
  if (!isChannelName(name) || readiness === undefined) return noSuchPath();
  return ok({ channel: channelEntry(center.states, name, readiness) });
}

function operateOnChannel(request: RestRequest, name: string): RestResponse {
  if (!isChannelName(name) || !request.agent.channels.has(name)) return noSuchPath();
  return setChannels(request, [name]);
}

function setChannels(
  { center, agent, body }: RestRequest,
  channels: readonly ("email" | "chat")[],
): RestResponse {
  const spelling = center.behaviour.channelAnswerSpelling;
  const state = center.states.get(String(body["operationName"]));
  if (state === undefined) return refuse(center, spelling, unknownOperation(body));
  setReadiness(center, agent, channels, state.readiness);
  return executedResponse(spelling);
}

function readInteractions({ center, agent, baseUrl, query }: RestRequest): RestResponse {
  const legs = [...agent.live.values()];
  if (query.has("fields")) return ok({ interactions: legs.map((leg) => listedLeg(center, leg)) });
  return ok({ uris: legs.map((leg) => `${baseUrl}/interactions/${leg.interaction.id}`) });
}

function readInteraction({ center, agent }: RestRequest, id: string): RestResponse {
  const leg = agent.live.get(id);
  return leg === undefined ? noSuchPath() : ok({ interaction: listedLeg(center, leg) });
}

function operateOnInteraction({ center, agent, body }: RestRequest, id: string): RestResponse {
  const { answerSpelling } = center.behaviour;
  const refusal = performOperation(center, agent, id, body);
  return refusal === undefined ? executedResponse(answerSpelling) : refuse(center, answerSpelling, refusal);
}

function readAgentStates({ center }: RestRequest): RestResponse {
  return ok({ settings: [...center.states.values()].map(agentStateEntry) });
}

function readUsers({ center, baseUrl }: RestRequest): RestResponse {
  return ok({ users: [...center.agents.values()].map((agent) => userEntry(agent, baseUrl)) });
}

function userEntry({ id, user }: SimAgent, baseUrl: string): Record<string, unknown> {
  return { id, userName: user, uri: `${baseUrl}/users/${id}`, roles: ["ROLE_AGENT"], enabled: true };
}

function channelEntries(center: ContactCenter, agent: SimAgent): unknown[] {
  return [...agent.channels].map(([channel, readiness]) => channelEntry(center.states, channel, readiness));
}

function unknownOperation(body: RequestBody): Refusal {
  if (typeof body["operationName"] !== "string") return missing("operationName", "the operation");
  return notFound("There is no such operation here.");
}

/** Returns the response to a refusal. Not found is always 404; the status of other refusals is not documented. */
function refuse(center: ContactCenter, spelling: AnswerSpelling, refusal: Refusal): RestResponse {
  const isMatching = center.behaviour.refusedHttpStatus === "matching" || refusal.statusCode === 6;
  return refusedResponse(spelling, isMatching ? matchingHttpStatus(refusal.statusCode) : 200, refusal);
}
