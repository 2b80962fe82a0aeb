import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { chainEvent, eventLine, readEvent, type ChainedEvent } from './event-chain.ts';

/** What is kept of one thing that happened; `at` is the machine's time, ISO. */
export type LoggedEvent = { readonly at: string; readonly kind: string; readonly data: unknown };

/** Beyond this a log takes no more: a hand-in stays small whatever ran for a night. */
const maxBytes = 16 << 20;

/**
 * The history of a data folder, a line for each event, each with the hash of the line before: append-only, in order, never rewritten. A last line cut
 * off by a crash is taken away; a log that somebody edited goes on from its last line and shows the break to whoever verifies it.
 */
export class EventLog {
  readonly #file: string;
  #last: ChainedEvent | null | undefined;
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves when the line is with the operating system; a full disk loses the line, never the work that it tells of. */
  append(event: LoggedEvent): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(event)).catch(() => undefined);
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

  async #write(event: LoggedEvent): Promise<void> {
    const previous = this.#last === undefined ? await this.#open() : this.#last;
    if (this.#bytes >= maxBytes) return;
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
