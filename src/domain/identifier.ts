const longest = 256;
const slash = 0x2f;
const backslash = 0x5c;

/**
 * Can this id be a segment of a request address? `encodeURIComponent` makes most text safe, but leaves the empty
 * id, `.` and `..`, which change the address that is asked for (measured: LINK section 6).
 */
export function isSafeId(id: string): boolean {
  return id.length > 0 && id.length <= longest && id !== "." && id !== ".." && !hasUnsafeCharacter(id);
}

function hasUnsafeCharacter(id: string): boolean {
  for (let index = 0; index < id.length; index++) {
    const code = id.charCodeAt(index);
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const isLoneSurrogate = code >= 0xd800 && code <= 0xdfff && !isPaired(id, index);
    if (isControl || isLoneSurrogate || code === slash || code === backslash) return true;
  }
  return false;
}

/** `encodeURIComponent` throws on half a surrogate pair. */
function isPaired(id: string, index: number): boolean {
  const code = id.charCodeAt(index);
  if (code < 0xdc00) {
    const next = id.charCodeAt(index + 1);
    return next >= 0xdc00 && next <= 0xdfff;
  }
  const previous = id.charCodeAt(index - 1);
  return previous >= 0xd800 && previous <= 0xdbff;
}
