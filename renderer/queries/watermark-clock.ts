const iso = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):(\d{2})/;

/** Spark writes watermarks in UTC; learners read event times in the session's zone, which is the machine's. `12:20`, with seconds where they are not zero. */
export function watermarkClock(watermark: string): string {
  const at = new Date(watermark);
  if (Number.isNaN(at.getTime())) return watermark.replace(iso, '$2');
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = at.getSeconds() === 0 ? '' : `:${two(at.getSeconds())}`;
  return `${two(at.getHours())}:${two(at.getMinutes())}${seconds}`;
}
