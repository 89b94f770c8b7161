/** A Bayeux message whose fields have the types that the protocol gives them. */
export interface SimBayeuxMessage {
  readonly channel: string;
  readonly clientId?: string;
  readonly id?: string | number;
  readonly subscription?: string | readonly string[];
  readonly advice?: { readonly timeout?: number; readonly interval?: number };
  readonly ext?: { readonly ack?: unknown };
}

const metaChannels: ReadonlySet<string> = new Set([
  "/meta/handshake",
  "/meta/connect",
  "/meta/subscribe",
  "/meta/unsubscribe",
  "/meta/disconnect",
]);

const maxMessages = 50;

/** Returns the messages of a request body, or the reason why the body is not a Bayeux request. */
export function readBayeuxRequest(json: unknown): readonly SimBayeuxMessage[] | string {
  if (!Array.isArray(json) || json.length === 0) return "A Bayeux request is a list of at least one message.";
  if (json.length > maxMessages) return `A Bayeux request has at most ${maxMessages} messages here.`;
  if (!json.every(isBayeuxMessage))
    return "A Bayeux message has a channel, and its other fields have their types.";
  if (json.length > 1 && json.some(({ channel }) => channel === "/meta/handshake")) {
    return "A handshake is sent alone.";
  }
  return json;
}

function isBayeuxMessage(message: unknown): message is SimBayeuxMessage {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return false;
  const { channel, clientId, id, subscription, advice, ext } = message as Record<string, unknown>;
  return (
    isChannel(channel) &&
    (!channel.startsWith("/meta/") || metaChannels.has(channel)) &&
    (clientId === undefined || typeof clientId === "string") &&
    (id === undefined || typeof id === "number" || (typeof id === "string" && id.length <= 100)) &&
    (subscription === undefined || isSubscription(subscription)) &&
    (advice === undefined || isAdvice(advice)) &&
    (ext === undefined || (typeof ext === "object" && ext !== null))
  );
}

function isChannel(channel: unknown): channel is string {
  return typeof channel === "string" && channel.length <= 200 && /^(\/[\w!$(){}@~+.*-]+)+$/.test(channel);
}

function isSubscription(subscription: unknown): boolean {
  if (!Array.isArray(subscription)) return isChannel(subscription);
  return subscription.length > 0 && subscription.length <= maxMessages && subscription.every(isChannel);
}

function isAdvice(advice: unknown): boolean {
  if (typeof advice !== "object" || advice === null) return false;
  const { timeout, interval } = advice as Record<string, unknown>;
  return [timeout, interval].every(
    (time) => time === undefined || (typeof time === "number" && time <= 600_000),
  );
}
