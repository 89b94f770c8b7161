/**
 * How often a property is tried. RUNS=100000 tries harder; SEED=… repeats a run that failed: fast-check prints the seed
 * with each failure.
 */
export function runs(usual: number): { numRuns: number; seed?: number } {
  const { RUNS, SEED } = process.env;
  return {
    numRuns: RUNS === undefined ? usual : Number(RUNS),
    ...(SEED === undefined ? {} : { seed: Number(SEED) }),
  };
}
