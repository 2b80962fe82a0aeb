import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { chainEvent, eventLine, readEvent, type ChainedEvent } from './event-chain.ts';

/** What is kept of one thing that happened; `at` is the machine's time, ISO. */
export type LoggedEvent = { readonly at: string; readonly kind: string; readonly data: unknown };

/**
 * `frequent`: what a query that runs for a night says all the time. It stops being logged when the log has grown to a size that a hand-in can carry; what a
 * learner does (cells, captures, hand-ins) goes on.
 */
export type EventWeight = 'frequent' | 'rare';

export type EventLogLimits = { readonly frequentBytes: number; readonly allBytes: number };
const usualLimits: EventLogLimits = { frequentBytes: 16 << 20, allBytes: 32 << 20 };

/**
 * The history of a data folder, a line for each event, each with the hash of the line before: append-only, in order, never rewritten. A last line cut
 * off by a crash is taken away; a log that somebody edited goes on from its last line and shows the break to whoever verifies it.
 */
export class EventLog {
  readonly #file: string;
  readonly #limits: EventLogLimits;
  #last: ChainedEvent | null | undefined;
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string, limits = usualLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  /**
   * Resolves when the line is with the operating system; a full disk loses the line, never the work that it tells of. An event that is still to come keeps
   * its place, and those after it wait.
   */
  append(event: LoggedEvent | Promise<LoggedEvent>, weight: EventWeight): Promise<void> {
    this.#writing = this.#writing.then(async () => this.#write(await event, weight)).catch(() => undefined);
    return this.#writing;
  }

  settle(): Promise<void> {
    return this.#writing;
  }

  /** The whole log so far, every line ended. */
  async text(): Promise<string> {
    await this.settle();
    return readLog(this.#file);
  }

  async #write(event: LoggedEvent, weight: EventWeight): Promise<void> {
    const previous = this.#last === undefined ? await this.#open() : this.#last;
    const { frequentBytes, allBytes } = this.#limits;
    if (this.#bytes >= (weight === 'frequent' ? frequentBytes : allBytes)) return;
    const chained = chainEvent(previous, event);
    const line = eventLine(chained);
    await appendFile(this.#file, line);
    this.#bytes += Buffer.byteLength(line);
    this.#last = chained;
  }

  async #open(): Promise<ChainedEvent | null> {
    await mkdir(dirname(this.#file), { recursive: true });
    const text = await readLog(this.#file);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await truncate(this.#file, Buffer.byteLength(whole));
    this.#bytes = Buffer.byteLength(whole);
    this.#last = lastOf(whole);
    return this.#last;
  }
}

async function readLog(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The last event that can be read; the chain goes on from it, whole or not. */
function lastOf(text: string): ChainedEvent | null {
  const lines = text.split('\n').filter((line) => line !== '');
  for (const line of lines.toReversed()) {
    const event = readEvent(line);
    if (event) return event;
  }
  return null;
}
