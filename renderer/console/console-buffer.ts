/** Text that one query wrote at once, byte for byte. */
export type ConsoleBlock = {
  readonly id: number;
  readonly runId: string | null;
  /** Name of the query; null: it has none, or nobody could be named. */
  readonly source: string | null;
  readonly cell: string | null;
  readonly text: string;
  readonly lines: number;
};

/** As many lines as the console keeps; older blocks make room. */
export const mostConsoleLines = 2_000;

/** A program that prints without end must not become one block that never leaves. */
const longestBlock = 500;

const countLines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** The console's memory. Whole blocks come and go, so that what is copied is what Spark printed. */
export class ConsoleBuffer {
  #blocks: readonly ConsoleBlock[] = [];
  #lines = 0;
  #hidden = 0;
  #nextId = 1;

  get blocks(): readonly ConsoleBlock[] {
    return this.#blocks;
  }

  get hiddenLines(): number {
    return this.#hidden;
  }

  add(block: Omit<ConsoleBlock, 'id' | 'lines'>): void {
    if (block.text === '') return;
    const last = this.#blocks.at(-1);
    // A batch may arrive in several pieces: only its dashed header begins a new block.
    const continues =
      last !== undefined && last.runId === block.runId && last.lines < longestBlock && !startsBatch(block.text);
    const text = continues ? last.text + block.text : block.text;
    const entry = { ...block, text, id: continues ? last.id : this.#nextId++, lines: countLines(text) };
    this.#lines += entry.lines - (continues ? last.lines : 0);
    this.#blocks = [...(continues ? this.#blocks.slice(0, -1) : this.#blocks), entry];
    this.#makeRoom();
  }

  clear(): void {
    this.#blocks = [];
    this.#lines = 0;
    this.#hidden = 0;
  }

  #makeRoom(): void {
    let first = 0;
    while (this.#lines > mostConsoleLines && first < this.#blocks.length - 1) {
      const oldest = this.#blocks[first];
      this.#lines -= oldest?.lines ?? 0;
      this.#hidden += oldest?.lines ?? 0;
      first++;
    }
    if (first > 0) this.#blocks = this.#blocks.slice(first);
  }
}

const startsBatch = (text: string): boolean => text.startsWith('-------');
