import { type ChannelName, channelEntry, channelNames, isChannelName } from "./agents.ts";
import { chatOperations } from "./chat-operations.ts";
import type { ContactCenter, SimAgent } from "./contact-center.ts";
import { emailOperations } from "./email-operations.ts";
import { type RestResponse, failure, ok, operationResponse } from "./http.ts";
import { listedLeg } from "./legs.ts";
import { type Refusal, type RequestBody, missing, notFound, notNow } from "./operations.ts";
import { revokeOffers, routeWaiting, setReadiness } from "./router.ts";

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

const routes: Readonly<Record<string, { readonly GET: Handler; readonly POST?: Handler }>> = {
  me: { GET: readMe, POST: operateOnMe },
  "me/channels": { GET: ({ center, agent }) => ok({ channels: channelEntries(center, agent) }) },
  "me/channels/*": { GET: readChannel, POST: operateOnChannel },
  "me/interactions": { GET: readInteractions },
  "me/interactions/*": { GET: readInteraction, POST: operateOnInteraction },
  "settings/agent-states": { GET: readAgentStates },
  users: {
    GET: ({ center, baseUrl }) =>
      ok({ users: [...center.agents.values()].map((agent) => userEntry(agent, baseUrl)) }),
  },
};

export function noSuchPath(): RestResponse {
  return failure(404, 6, "There is nothing under this path.");
}

export function answerRest(method: string, request: RestRequest): RestResponse {
  const { segments } = request;
  const [, route] =
    Object.entries(routes).find(([path]) => {
      const parts = path.split("/");
      return (
        parts.length === segments.length && parts.every((part, at) => part === "*" || part === segments[at])
      );
    }) ?? [];
  if (route === undefined) return noSuchPath();
  const handler = method === "GET" || method === "POST" ? route[method] : undefined;
  if (handler === undefined) return failure(405, 3, "This method is not allowed here.");
  return handler(request, segments[2] ?? "");
}

function readMe({ center, agent, baseUrl, query }: RestRequest): RestResponse {
  const channels = query.has("subresources") ? { channels: channelEntries(center, agent) } : {};
  return ok({ user: { ...userEntry(agent, baseUrl), ...channels } });
}

function operateOnMe(request: RestRequest): RestResponse {
  const { center, agent, body, contactCenterSession, endSession } = request;
  const { operationName } = body;
  if (operationName === "Ready" || operationName === "NotReady") return setChannels(request, channelNames);
  const isEnd = operationName === "EndContactCenterSession";
  if (!contactCenterSession || !(isEnd || operationName === "StartContactCenterSession")) {
    return respond(center, unknownOperation(body));
  }
  if (isEnd) {
    setReadiness(center, agent, channelNames, { state: "NotReady" });
    revokeOffers(agent, channelNames);
    endSession();
  }
  return respond(center, undefined);
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

function setChannels({ center, agent, body }: RestRequest, channels: readonly ChannelName[]): RestResponse {
  const state = center.states.get(String(body["operationName"]));
  if (state !== undefined) setReadiness(center, agent, channels, state.readiness);
  const refusal = state === undefined ? unknownOperation(body) : undefined;
  return respond(center, refusal, center.behaviour.channelAnswerSpelling);
}

function readInteractions({ agent, baseUrl, query }: RestRequest): RestResponse {
  const legs = [...agent.live.values()];
  if (query.has("fields")) return ok({ interactions: legs.map(listedLeg) });
  return ok({ uris: legs.map((leg) => `${baseUrl}/interactions/${leg.interaction.id}`) });
}

function readInteraction({ agent }: RestRequest, id: string): RestResponse {
  const leg = agent.live.get(id);
  return leg === undefined ? noSuchPath() : ok({ interaction: listedLeg(leg) });
}

function operateOnInteraction(request: RestRequest, id: string): RestResponse {
  const { center } = request;
  const refusal = perform(request, id);
  if (refusal === undefined) routeWaiting(center);
  return respond(center, refusal);
}

/**
 * Performs an operation on one of the agent's interactions. An interaction of another agent is not found, because the
 * response must not reveal whether it exists.
 */
function perform({ center, agent, body }: RestRequest, id: string): Refusal | undefined {
  const leg = center.interactions.get(id)?.legs.get(agent.user);
  if (leg === undefined) return notFound("The interaction does not exist.");
  const { channel } = leg.interaction;
  const { operationName } = body;
  if (typeof operationName !== "string") return missing("operationName", "the operation");
  const operations = channel === "email" ? emailOperations : chatOperations;
  const operation = Object.hasOwn(operations, operationName) ? operations[operationName] : undefined;
  if (operation === undefined) return notFound(`There is no such operation on this ${channel}.`);
  const { capability, run } = operation;
  if (!leg.capabilities.includes(capability)) {
    return notNow(`${operationName} needs the capability ${capability}, which is not granted now.`);
  }
  return run(leg, body);
}

function readAgentStates({ center }: RestRequest): RestResponse {
  const settings = [...center.states].map(([operationName, { id, displayName, readiness }]) => ({
    id,
    operationName,
    displayName,
    ...readiness,
  }));
  return ok({ settings });
}

function userEntry({ id, user }: SimAgent, baseUrl: string): object {
  return { id, userName: user, uri: `${baseUrl}/users/${id}`, roles: ["ROLE_AGENT"], enabled: true };
}

function channelEntries({ states }: ContactCenter, agent: SimAgent): unknown[] {
  return [...agent.channels].map(([channel, readiness]) => channelEntry(states, channel, readiness));
}

function unknownOperation({ operationName }: RequestBody): Refusal {
  if (typeof operationName !== "string") return missing("operationName", "the operation");
  return notFound("There is no such operation here.");
}

function respond(
  { behaviour }: ContactCenter,
  refusal: Refusal | undefined,
  spelling = behaviour.answerSpelling,
): RestResponse {
  return operationResponse(spelling, refusal, behaviour.refusedHttpStatus);
}
