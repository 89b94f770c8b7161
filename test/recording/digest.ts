import type { Desk } from "deskstate";

/** Everything that can be seen of a desk, as text. */
export function digest(desk: Desk): string {
  return JSON.stringify(pictureOf(desk));
}

/** Everything that can be seen of a desk and that a checkpoint carries: not the anomalies. */
export function digestOfState(desk: Desk): string {
  const { anomalies: _, charts: __, ...state } = pictureOf(desk);
  return JSON.stringify(state);
}

/** The fields with texts and names of people, and those whose keys people chose. */
const privateFields = new Set([
  "reason",
  "currentQueue",
  "text",
  "subject",
  "fromAddress",
  "userId",
  "nickName",
]);
const privateParts = new Set(["userData", "inQueues", "outQueues", "raw"]);

/** As the digest, but of what is private only which values are equal: what is left of them when they have stand-ins. */
export function patternOf(desk: Desk): string {
  const numbers = new Map<string, number>();
  const numberOf = (value: unknown): string => {
    const text = String(value);
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return `${typeof value} ${numbers.get(text)}`;
  };
  const pattern = (value: unknown, isPrivate: boolean, areNames: boolean): unknown => {
    if (Array.isArray(value)) return value.map((element) => pattern(element, isPrivate, areNames));
    if (typeof value === "object" && value !== null) {
      return Object.entries(value).map(([name, one]) => {
        // Each address of a list has a stand-in of its own.
        if (name === "toAddress")
          return [
            name,
            String(one)
              .split(/[,;] */)
              .map(numberOf),
          ];
        const isPart = areNames || privateParts.has(name);
        return [areNames ? numberOf(name) : name, pattern(one, isPart || privateFields.has(name), isPart)];
      });
    }
    const hasText = typeof value === "string" || typeof value === "number";
    return isPrivate && hasText && value !== "" ? numberOf(value) : value;
  };
  // As JSON has it: transcripts become objects, and what is not known is left out.
  return JSON.stringify(pattern(JSON.parse(digest(desk)), false, false));
}

function pictureOf(desk: Desk) {
  const live = desk.interactions.getSnapshot();
  const ended = desk.ended.getSnapshot();
  const channels = desk.channels.getSnapshot();
  return {
    connection: desk.connection.getSnapshot(),
    channels: channels.map((channel) => shown(channel.getSnapshot())),
    live: live.map((interaction) => shown(interaction.getSnapshot())),
    ended: ended.map((interaction) => shown(interaction.getSnapshot())),
    invitations: desk.invitations.getSnapshot().map(({ id }) => id),
    charts: [...channels, ...live, ...ended].map(({ actor }) => {
      const { value, context } = actor.getSnapshot();
      // The operation that the last fact settled; an inspected chart also receives facts that settle nothing.
      return { value, context: { ...context, settled: undefined } };
    }),
    anomalies: desk.anomalies.getSnapshot(),
  };
}

function shown({ actions, ...snapshot }: object & { readonly actions: object }): object {
  return { ...snapshot, actions: Object.keys(actions) };
}
