/** Resolves when a condition holds, or after a timeout in milliseconds. */
export async function until(holds: () => boolean, timeout: number): Promise<void> {
  const end = performance.now() + timeout;
  while (!holds() && performance.now() < end) await pause(20);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
