/** A screen shows no more, and a runaway `print` must not fill the host's memory. */
const charactersPerRun = 1_000_000;

const cut = '\n… salida cortada: este programa ha escrito más de 1 MB …\n';

/** Lets the first megabyte of each run through, then one line that says so. */
export class OutputLimit {
  readonly #used = new Map<string | null, number>();

  /** What may be shown of `text`, perhaps nothing. */
  admit(cell: string | null, text: string): string {
    const used = this.#used.get(cell) ?? 0;
    this.#used.set(cell, used + text.length);
    if (used + text.length <= charactersPerRun) return text;
    if (used > charactersPerRun) return '';
    return text.slice(0, charactersPerRun - used) + cut;
  }

  /** A new run of the cell may write again. */
  reset(cell: string): void {
    this.#used.delete(cell);
  }
}
