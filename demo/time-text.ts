const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
/** Dates end here. */
const maxTime = 8.64e15;

/** Returns the time of day, from milliseconds since the epoch; empty where a file has an invalid time. */
export function clockText(time: number): string {
  return Math.abs(time) <= maxTime ? clock.format(time) : "";
}

/** Returns a duration such as `0:07.3` or `1:02:07.3`, from milliseconds. */
export function durationText(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const pad = (number: number) => String(number).padStart(2, "0");
  const hoursAndMinutes = hours === 0 ? String(minutes) : `${hours}:${pad(minutes % 60)}`;
  return `${hoursAndMinutes}:${pad(seconds % 60)}.${tenths % 10}`;
}
