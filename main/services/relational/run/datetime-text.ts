import { dateText } from '../../../../engine/core/civil-date.ts';

const daySeconds = 86_400;
const microsPerSecond = 1_000_000n;
/** Tables hold many times of few days. */
const mostDays = 10_000;
const dayTexts = new Map<number, string>();
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** `2022-05-13 13:36:58.123` of microseconds since 1970, with exactly `scale` digits of a second, the others cut off. DuckDB's own text takes longer to fetch than this to make. */
export function datetimeText(us: bigint, scale: number): string {
  const micros = ((us % microsPerSecond) + microsPerSecond) % microsPerSecond;
  const seconds = Number((us - micros) / microsPerSecond);
  const day = Math.floor(seconds / daySeconds);
  const ofDay = seconds - day * daySeconds;
  const hour = Math.floor(ofDay / 3600);
  const minute = Math.floor(ofDay / 60) % 60;
  const text = `${dayText(day)} ${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[ofDay % 60]}`;
  return scale === 0 ? text : `${text}.${String(micros).padStart(6, '0').slice(0, scale)}`;
}

function dayText(day: number): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  if (dayTexts.size > mostDays) dayTexts.clear();
  const text = dateText(day);
  dayTexts.set(day, text);
  return text;
}
