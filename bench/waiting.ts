/** Waits until something holds, but not for longer than so many milliseconds. */
export async function until(holds: () => boolean, patience: number): Promise<void> {
  const end = performance.now() + patience;
  while (!holds() && performance.now() < end) await pause(20);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
