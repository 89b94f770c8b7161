import { readRecording, type Recording } from "deskstate/recording";
import { sanitizeLine as plain } from "deskstate/text";

/** What became of a file: a recording that can be played, or why it cannot, for people. */
export type ReadFile =
  | { readonly isRead: true; readonly recording: Recording }
  | { readonly isRead: false; readonly message: string };

const megabyte = 1e6;
/** About as much as a page can read at once without being stuck. */
const maxResponseBytes = 100 * megabyte;

/** Reads a recording from a file. Whatever the file is, this does not throw. */
export async function readFile(file: Pick<File, "name" | "size" | "text">): Promise<ReadFile> {
  const name = plain(file.name);
  const cannot = (why: string): ReadFile => ({ isRead: false, message: `${name} cannot be opened. ${why}` });
  if (file.size === 0) return cannot("It is empty.");
  if (file.size > maxResponseBytes) {
    const size = Math.ceil(file.size / megabyte);
    return cannot(`It has ${size} MB; this page reads up to ${maxResponseBytes / megabyte} MB.`);
  }
  try {
    const recording = readRecording(await file.text());
    const { header, entries, problem } = recording;
    if (header === undefined) return cannot(problem?.message ?? "It is not a recording.");
    if (entries.length > 0) return { isRead: true, recording };
    return cannot(
      problem === undefined ? "Nothing was recorded in it." : `${problem.message} Nothing is before it.`,
    );
  } catch {
    return cannot("The browser cannot read it.");
  }
}
