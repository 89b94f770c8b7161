/**
 * Resolves when the condition holds. Rejects with the description when it does not hold in time. The timeout, in
 * milliseconds, measures nothing: only a fault reaches it.
 */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeout = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`This never happened: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
