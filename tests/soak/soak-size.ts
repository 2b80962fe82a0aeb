/** `npm run soak` asks for the full form; `npm test` runs the short one. */
const isFull = process.env['MAREA_SOAK'] === 'full';

export const soakSize = isFull ? { kills: 100, frames: 10_000 } : { kills: 5, frames: 500 };

/** A run can be repeated from its seed, which every title names. */
export const soakSeed = Number(process.env['MAREA_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

export const soakTimeoutMs = isFull ? 25 * 60_000 : 90_000;

/** A service must be there again so soon after a kill, whatever it finds on the disk. */
export const startLimitMs = 1000;
