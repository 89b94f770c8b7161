const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
/** Beyond it there are no dates. */
const maxTime = 8.64e15;

/** What a clock shows at this time, in milliseconds since the epoch; nothing where a file names a time that is none. */
export function clockText(time: number): string {
  return Math.abs(time) <= maxTime ? clock.format(time) : "";
}
