import { isFullSoak, soakSeed, soakTimeoutMs } from '../../soak/soak-size.ts';

/** How often a property is tried, and from which seed. `npm run soak` tries it ten times as often, from another seed each time. */
export const propertyRuns = (numRuns: number) => ({
  seed: soakSeed,
  numRuns: isFullSoak ? 10 * numRuns : numRuns,
  // A failure is shrunk until then, and reported before the test's own time is over.
  interruptAfterTimeLimit: soakTimeoutMs - 20_000,
});

export const propertyTimeoutMs = soakTimeoutMs;
