/** Lets what is under way by timers without a pause come to its end: the reading of a small file, a replay of it. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
}
