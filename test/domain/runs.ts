/**
 * Returns how many runs a property gets. RUNS=100000 raises it; SEED=… repeats a run that failed: fast-check prints the seed
 * with each failure.
 */
export function runs(usual: number): { numRuns: number; seed?: number } {
  const { RUNS, SEED } = process.env;
  return {
    numRuns: RUNS === undefined ? usual : Number(RUNS),
    ...(SEED === undefined ? {} : { seed: Number(SEED) }),
  };
}
