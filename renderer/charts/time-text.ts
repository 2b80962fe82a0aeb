const dateTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?/;

/** `10:15` for a time, seconds only where they are not zero; anything else as it is. */
export function timeText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) && dateTime.test(text) ? localText(new Date(text)) : text;
  const parts = dateTime.exec(zoned);
  if (parts === null) return text;
  const seconds = parts[3] === undefined || parts[3] === ':00' ? '' : parts[3];
  return `${parts[2] ?? ''}${seconds}`;
}

function localText(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
