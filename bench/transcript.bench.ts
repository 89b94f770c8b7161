import { store } from "./candidates/store.ts";
import { median, now } from "./measure.ts";
import { answer, job } from "./process.ts";
import { longChat } from "./stream.ts";

/** How often each thing is tried. */
export interface TranscriptJob {
  readonly rounds: number;
}

/** What transcripts cost, as ratios. */
export interface TranscriptResult {
  /** Adding an event to 10,000 of them, in the time that it takes with 100. */
  readonly append: number;
  /** Taking in a list of 10,000 events that are all known, in the time that parsing it takes. */
  readonly resend: number;
}

const few = 100;
const many = 10_000;
const desks = 4;
const additions = 100;
const lists = 5;

const { rounds } = job<TranscriptJob>();
const appends: number[] = [];
for (let round = -3; round < rounds; round++) {
  const [long, short] = [await timeAppends(many), await timeAppends(few)];
  if (round >= 0) appends.push(long / short);
}
answer<TranscriptResult>({ append: median(appends), resend: await timeResends() });

/** What is added makes a transcript longer, so each of some desks is given few beside those that it holds. */
async function timeAppends(events: number): Promise<number> {
  const prepared = [];
  for (let count = 0; count < desks; count++) {
    const { apply } = await store();
    const chat = longChat(events);
    apply(JSON.parse(chat.accepted));
    // The first addition makes room for many.
    apply(JSON.parse(chat.say()));
    const messages = Array.from({ length: additions }, () => JSON.parse(chat.say()) as unknown);
    prepared.push({ apply, messages });
  }
  const began = now();
  for (const { apply, messages } of prepared) for (const message of messages) apply(message);
  return now() - began;
}

async function timeResends(): Promise<number> {
  const { apply } = await store();
  const chat = longChat(many);
  apply(JSON.parse(chat.accepted));
  const text = chat.all();
  const ratios: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const began = now();
    const messages = Array.from({ length: lists }, () => JSON.parse(text) as unknown);
    const parsed = now();
    for (const message of messages) apply(message);
    if (round >= 0) ratios.push((now() - parsed) / (parsed - began));
  }
  return median(ratios);
}
