import { createHash, randomBytes } from 'node:crypto';

/** A browser on a slow disk may take minutes to start for the first time. */
const lifeMs = 5 * 60_000;

const digestOf = (ticket: string): string => createHash('sha256').update(ticket).digest('base64');

/**
 * Keys that open the window once. A browser gets its address as an argument, and any user of the machine may read the arguments of every
 * process: what stands there must be worth nothing once it has been used.
 */
export class LaunchTickets {
  readonly #ends = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  make(): string {
    const ticket = randomBytes(32).toString('base64url');
    this.#ends.set(digestOf(ticket), this.#now() + lifeMs);
    return ticket;
  }

  /** Whether the ticket is good; it is not a second time. */
  use(ticket: string): boolean {
    const digest = digestOf(ticket);
    const end = this.#ends.get(digest);
    this.#ends.delete(digest);
    return end !== undefined && this.#now() < end;
  }
}
