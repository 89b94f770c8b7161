/** A deadline that only a fault reaches; nothing is measured by it. */
const longEnough = 20_000;

/** Waits until something is so. Rejects, saying what was waited for, when it never becomes so. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + longEnough;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`This never happened: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
