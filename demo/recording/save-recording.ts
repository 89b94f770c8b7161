/** Has the browser save the text of a recording as a file. @returns the name of the file */
export function saveRecording(text: string, now: Date): string {
  const name = `deskstate-${now.toISOString().slice(0, 19).replaceAll(":", "-")}.jsonl`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  link.download = name;
  link.click();
  // A browser that is slow to begin still needs it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}
