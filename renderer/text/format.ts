/** How numbers, times and sizes are written in one language. */
export type Formats = {
  readonly number: (value: number, decimals?: number) => string;
  /** `12:50:31` in the clock of this machine. */
  readonly clock: (iso: string | number) => string;
  /** `12:50`. */
  readonly shortClock: (iso: string | number) => string;
  readonly date: (iso: string | number) => string;
  readonly size: (bytes: number) => string;
  /** From milliseconds: `< 1 ms`, `4 ms`, `0,35 s`, `1 min 5 s`. */
  readonly duration: (ms: number) => string;
};

export function formatsOf(locale: string): Formats {
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  const minutes = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  const number = (value: number, decimals = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals, useGrouping: 'always' })
      .format(value)
      .replace('-', '−');
  return {
    number,
    clock: (iso) => time.format(new Date(iso)),
    shortClock: (iso) => minutes.format(new Date(iso)),
    date: (iso) => day.format(new Date(iso)),
    size: (bytes) =>
      bytes < 1_000
        ? `${number(bytes)} B`
        : bytes < 1_000_000
          ? `${number(bytes / 1_000, 1)} kB`
          : `${number(bytes / 1_000_000, 1)} MB`,
    duration: (ms) => {
      // Two decimals of a second would show a quick cell as nothing.
      if (ms < 10) return ms < 1 ? '< 1 ms' : `${number(ms)} ms`;
      if (ms < 10_000) return `${number(ms / 1_000, 2)} s`;
      if (ms < 60_000) return `${number(ms / 1_000, 1)} s`;
      const [minutesLong, secondsLong] = [Math.floor(ms / 60_000), Math.floor((ms % 60_000) / 1_000)];
      return secondsLong === 0 ? `${number(minutesLong)} min` : `${number(minutesLong)} min ${number(secondsLong)} s`;
    },
  };
}
