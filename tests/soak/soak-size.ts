/** `npm run soak` asks for the full form; `npm test` runs the short one. */
export const isFullSoak = process.env['MAREA_SOAK'] === 'full';

export const soakSize = isFullSoak
  ? { kills: 100, frames: 10_000, batches: 5000 }
  : { kills: 5, frames: 500, batches: 300 };

/** Every title names the seed. The full form looks somewhere else each time; `npm test` asks the same of every commit. */
export const soakSeed = Number(
  process.env['MAREA_TEST_SEED'] ?? (isFullSoak ? Math.floor(Math.random() * 2 ** 31) : 20_260_302),
);

export const soakTimeoutMs = isFullSoak ? 25 * 60_000 : 90_000;

/** A service must be there again so soon after a kill, whatever it finds on the disk. */
export const startLimitMs = 1000;
