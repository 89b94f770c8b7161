/**
 * Asks until it is so. Rejects, saying what was waited for, when it never becomes so. Nothing is measured by it: only a
 * fault reaches the end of the patience, in milliseconds.
 */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patience = 20_000,
): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`This never happened: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
