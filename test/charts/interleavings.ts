/** What can happen around one wish of an agent, besides what the server says about the interaction. */
export const happenings = [
  "sent",
  "HTTP ok",
  "HTTP refused",
  "no answer",
  "link lost",
  "link back",
  "time out",
] as const;

const answers: readonly string[] = ["HTTP ok", "HTTP refused", "no answer"];

/**
 * Every order in which a wish, its answer, the server's notifications, the link and the clock can come in, in which
 * the wish is made: each thing happens once at most, a request has one answer at most, and no answer, no time-out and
 * no recovery comes before its cause.
 */
export function everyInterleaving(says: readonly string[]): string[][] {
  const all = [...happenings, ...says];
  const found: string[][] = [];
  const goOn = (past: readonly string[]) => {
    if (past.includes("sent")) found.push([...past]);
    for (const next of all) if (mayFollow(past, next)) goOn([...past, next]);
  };
  goOn([]);
  return found;
}

/** Does the server say something while the link is lost, and does the link come back after that? */
export function isMissedMeanwhile(past: readonly string[], says: readonly string[]): boolean {
  const [lost, back] = [past.indexOf("link lost"), past.indexOf("link back")];
  return says.some((word) => past.indexOf(word) > lost && past.indexOf(word) < back);
}

function mayFollow(past: readonly string[], next: string): boolean {
  if (past.includes(next)) return false;
  if (answers.includes(next)) return wasSent(past) && !past.some((one) => answers.includes(one));
  if (next === "time out") return past.includes("sent");
  return next !== "link back" || past.includes("link lost");
}

/** Nothing is sent while the link is lost, so nothing is answered. */
function wasSent(past: readonly string[]): boolean {
  const before = past.slice(0, past.indexOf("sent"));
  return past.includes("sent") && before.includes("link lost") === before.includes("link back");
}
