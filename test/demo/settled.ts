/** Waits for everything that timers without a pause do: reading a small file, and replaying it. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
}
