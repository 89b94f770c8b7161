import { store } from "./candidates/store.ts";
import { median, now } from "./measure.ts";
import { answer, job } from "./process.ts";
import { longChat } from "./stream.ts";

/** The number of measurements. */
export interface TranscriptJob {
  readonly rounds: number;
}

/** The costs of transcripts, as ratios. */
export interface TranscriptResult {
  /** The time to add an event to 10,000 events, divided by the time with 100 events. */
  readonly append: number;
  /** The time to apply a list of 10,000 known events, divided by the time to parse it. */
  readonly resend: number;
}

const shortLength = 100;
const longLength = 10_000;
const desks = 4;
const additions = 100;
const lists = 5;

const { rounds } = job<TranscriptJob>();
const appends: number[] = [];
for (let round = -3; round < rounds; round++) {
  const [long, short] = [await timeAppends(longLength), await timeAppends(shortLength)];
  if (round >= 0) appends.push(long / short);
}
answer<TranscriptResult>({ append: median(appends), resend: await timeResends() });

/** Additions make a transcript longer. So several desks get a small number of additions each. */
async function timeAppends(events: number): Promise<number> {
  const prepared = [];
  for (let count = 0; count < desks; count++) {
    const { apply } = await store();
    const chat = longChat(events);
    apply(JSON.parse(chat.accepted));
    // The first addition allocates room for the others.
    apply(JSON.parse(chat.addMessage()));
    const messages = Array.from({ length: additions }, () => JSON.parse(chat.addMessage()) as unknown);
    prepared.push({ apply, messages });
  }
  const startedAt = now();
  for (const { apply, messages } of prepared) for (const message of messages) apply(message);
  return now() - startedAt;
}

async function timeResends(): Promise<number> {
  const { apply } = await store();
  const chat = longChat(longLength);
  apply(JSON.parse(chat.accepted));
  const text = chat.all();
  const ratios: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const startedAt = now();
    const messages = Array.from({ length: lists }, () => JSON.parse(text) as unknown);
    const parsed = now();
    for (const message of messages) apply(message);
    if (round >= 0) ratios.push((now() - parsed) / (parsed - startedAt));
  }
  return median(ratios);
}
