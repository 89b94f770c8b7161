import { store } from "./candidates/store.ts";
import { median, now } from "./measure.ts";
import { answer, job } from "./process.ts";
import { longChat } from "./stream.ts";

/** How long the transcript is, and how often each thing is tried. */
export interface TranscriptJob {
  readonly events: number;
  readonly rounds: number;
}

/** Microseconds. */
export interface TranscriptResult {
  /** To apply a message that brings one event. */
  readonly append: number;
  /** To apply the whole list once more, in the time that parsing that list took. */
  readonly resend: number;
}

const { events, rounds } = job<TranscriptJob>();
const desks = 4;
const group = 250;
const { apply } = await store();
const chat = longChat(events);
apply(JSON.parse(chat.accepted));

const resends: number[] = [];
const list = chat.all();
const repeats = Math.max(1, Math.round(20_000 / events));
for (let round = -2; round < rounds; round++) {
  const began = now();
  const lists = Array.from({ length: repeats }, () => JSON.parse(list) as unknown);
  const parsed = now();
  // Applying is so much shorter than the clock is fine that each list is applied many times.
  for (let count = 0; count < 20; count++) for (const one of lists) apply(one);
  const applied = (now() - parsed) / 20;
  if (round >= 0) resends.push(applied / (parsed - began));
}

// What is added makes a transcript longer, so each of many desks is given few beside those that it holds.
const appends: number[] = [];
for (let round = -3; round < rounds; round++) {
  const prepared = [];
  for (let count = 0; count < desks; count++) {
    const fresh = longChat(events);
    const desk = await store();
    desk.apply(JSON.parse(fresh.accepted));
    prepared.push({
      desk,
      messages: Array.from({ length: group }, () => JSON.parse(fresh.say()) as unknown),
    });
  }
  const began = now();
  for (const { desk, messages } of prepared) for (const message of messages) desk.apply(message);
  if (round >= 0) appends.push((now() - began) / (desks * group));
}
answer<TranscriptResult>({ append: median(appends), resend: median(resends) });
