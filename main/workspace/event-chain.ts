import * as z from 'zod';
import { sha256Schema } from '../contract/evidence-schema.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256Of } from './sha256.ts';

const chainedEventSchema = z.strictObject({
  /** From 1. */
  n: z.number().int().min(1),
  at: z.string(),
  kind: z.string(),
  data: z.unknown(),
  /** Hash of the line before; zeros for the first. */
  previous: sha256Schema,
  /** SHA-256 of the canonical JSON of everything else in the line. */
  hash: sha256Schema,
});

/** One line of a log in which every line holds the hash of the one before: what is changed, left out or put in later breaks it. */
export type ChainedEvent = z.infer<typeof chainedEventSchema>;

export type ChainReport =
  | { readonly isWhole: true; readonly events: readonly ChainedEvent[] }
  /** `line` from 1: the first that does not follow from the one before. */
  | { readonly isWhole: false; readonly line: number; readonly fault: 'malformed' | 'changed' | 'gap' };

const noHash = '0'.repeat(64);

export function chainEvent(
  previous: ChainedEvent | null,
  event: { readonly at: string; readonly kind: string; readonly data: unknown },
): ChainedEvent {
  const { at, kind, data } = event;
  const body = { n: (previous?.n ?? 0) + 1, at, kind, data, previous: previous?.hash ?? noHash };
  return { ...body, hash: hashOf(body) };
}

/** With its line feed. */
export const eventLine = (event: ChainedEvent): string => `${canonicalJson(event)}\n`;

/** The event of a line, whatever stands before it; null when it is none. */
export function readEvent(line: string): ChainedEvent | null {
  try {
    return chainedEventSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Follows the whole chain. An empty log is whole. */
export function verifyChain(text: string): ChainReport {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const events: ChainedEvent[] = [];
  for (const [index, line] of lines.entries()) {
    const event = readEvent(line);
    const fault = event === null ? 'malformed' : faultOf(event, events.at(-1));
    if (event === null || fault !== null) return { isWhole: false, line: index + 1, fault: fault ?? 'malformed' };
    events.push(event);
  }
  return { isWhole: true, events };
}

type Fault = Extract<ChainReport, { isWhole: false }>['fault'];

function faultOf({ hash: told, ...body }: ChainedEvent, before: ChainedEvent | undefined): Fault | null {
  try {
    if (hashOf(body) !== told) return 'changed';
  } catch {
    // Nested deeper than the stack: no line of ours.
    return 'malformed';
  }
  return body.previous === (before?.hash ?? noHash) && body.n === (before?.n ?? 0) + 1 ? null : 'gap';
}

const hashOf = (body: Omit<ChainedEvent, 'hash'>): string => sha256Of(canonicalJson(body));
