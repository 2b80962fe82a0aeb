/** `npm run soak` asks for the full form; `npm test` runs the short one. */
const isFull = process.env['MAREA_SOAK'] === 'full';

export const soakSize = isFull ? { kills: 100, frames: 10_000 } : { kills: 5, frames: 500 };

/** Every title names the seed. The full form looks somewhere else each time; `npm test` asks the same of every commit. */
export const soakSeed = Number(
  process.env['MAREA_TEST_SEED'] ?? (isFull ? Math.floor(Math.random() * 2 ** 31) : 20_260_302),
);

export const soakTimeoutMs = isFull ? 25 * 60_000 : 90_000;

/** A service must be there again so soon after a kill, whatever it finds on the disk. */
export const startLimitMs = 1000;
