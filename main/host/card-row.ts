import type { ErrorCard } from '../contract/events.ts';

/** What a card is chosen by: the exception's name, Spark's error class if any, and its text. */
export type RaisedError = { readonly name: string; readonly condition?: string; readonly text: string };

/** One short Spanish card over Spark's own text: what, why, what to do. */
export type CardRow = {
  readonly matches: (error: RaisedError) => boolean;
  readonly card: (error: RaisedError) => ErrorCard;
};

export const says =
  (...parts: readonly string[]) =>
  (error: RaisedError): boolean =>
    parts.every((part) => error.text.includes(part));

export const fixed = (title: string, why: string, fix: string) => (): ErrorCard => ({ title, why, fix });
