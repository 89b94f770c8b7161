const maxLength = 256;
/** An empty id, `.`, `..`, a slash or backslash, a control character, or half a surrogate pair. */
const unsafe = /^\.{0,2}$|[/\\\p{Cc}\p{Cs}]/u;

/**
 * Whether this id can be a segment of a request address. `encodeURIComponent` makes most text safe, but leaves the empty
 * id, `.` and `..`, which change the address (measured: LINK section 6), and throws on half a surrogate pair.
 */
export function isSafeId(id: string): boolean {
  return id.length <= maxLength && !unsafe.test(id);
}
