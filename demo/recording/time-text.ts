/** A time since the beginning, such as `0:07.3` or `1:02:07.3`. Milliseconds. */
export function timeText(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (number: number) => String(number).padStart(2, "0");
  const long = hours === 0 ? String(minutes) : `${hours}:${two(minutes % 60)}`;
  return `${long}:${two(seconds % 60)}.${tenths % 10}`;
}
