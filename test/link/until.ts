/**
 * Resolves when the condition holds. Rejects with the description when it does not hold in time. The timeout, in
 * milliseconds, measures nothing: only a fault reaches it.
 */
export async function until(what: string, condition: () => boolean, timeout = 8000): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`This never happened: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
