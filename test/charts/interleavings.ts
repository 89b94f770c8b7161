/** The events around one wish of an agent, without the server's notifications about the interaction. */
const happenings = [
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
 * no recovery comes before its cause. Nothing more is of interest to a wish that could not be sent.
 *
 * @param states - the states that the server may report; each of them makes the wish impossible.
 */
export function everyInterleaving(states: readonly string[]): string[][] {
  const all = [...happenings, ...states];
  const found: string[][] = [];
  const goOn = (past: readonly string[]) => {
    if (past.includes("sent")) found.push([...past]);
    if (past.at(-1) === "sent" && !canBeSent(past, states)) return;
    for (const next of all) if (mayFollow(past, next)) goOn([...past, next]);
  };
  goOn([]);
  return found;
}

/** Whether the server reports something while the link is lost, and the link comes back after that. */
export function isMissedMeanwhile(past: readonly string[], states: readonly string[]): boolean {
  const [lost, back] = [past.indexOf("link lost"), past.indexOf("link back")];
  return states.some((word) => past.indexOf(word) > lost && past.indexOf(word) < back);
}

function canBeSent(past: readonly string[], states: readonly string[]): boolean {
  return (
    past.includes("link lost") === past.includes("link back") && !past.some((one) => states.includes(one))
  );
}

function mayFollow(past: readonly string[], next: string): boolean {
  if (past.includes(next)) return false;
  if (answers.includes(next)) return past.includes("sent") && !past.some((one) => answers.includes(one));
  if (next === "time out") return past.includes("sent");
  return next !== "link back" || past.includes("link lost");
}
