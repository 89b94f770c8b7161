import { readRecording, type Recording } from "deskstate/recording";
import { recordedDesk } from "../recording/recorded-desk.ts";
import { chat, email, joined, said, transcript } from "../desk/hand-desk.ts";

const fromZoe = { userData: { FromAddress: "zoe@mail.example", Subject: "A puncture" } };

/**
 * A recording, as text: an email is offered and accepted after a second; after another two an unexpected message comes, then a
 * chat, in which the customer writes after three seconds more; and the email is completed.
 */
export async function someRecording(): Promise<string> {
  const { desk, notify, acknowledge, clock, recorder } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Invited", fromZoe));
  clock.advance(1000);
  const e = desk.interaction("e");
  void (e?.channel === "email" ? e.actions.Accept?.() : undefined);
  await acknowledge();
  notify(email("e", "Accepted", fromZoe));
  clock.advance(2000);
  notify({ state: "Invited" });
  notify(chat("c", "Invited"), chat("c", "Accepted", transcript(2, ...joined)));
  clock.advance(3000);
  notify(chat("c", "PropertiesChanged", transcript(3, said(3, "c", "Hello?"))));
  notify(email("e", "Completed", fromZoe));
  return recorder.text;
}

/** The same, read. */
export async function readSome(): Promise<Recording> {
  return readRecording(await someRecording());
}
