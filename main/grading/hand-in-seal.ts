import * as z from 'zod';
import { sha256Schema } from '../contract/evidence-schema.ts';
import { canonicalJson } from '../workspace/canonical-json.ts';
import { chainEvent, eventLine, readEvent, type ChainedEvent, type ChainReport } from '../workspace/event-chain.ts';
import { sha256Of } from '../workspace/sha256.ts';
import type { HandIn } from './bundle-schema.ts';

/** Kind of the event that tells of a hand-in. */
export const sealKind = 'hand_in';

/** Parts of `entrega.json` whose hashes the log keeps, and what to say when they are others. */
const parts = {
  checks: 'Las comprobaciones no son las que constan',
  evidence: 'La lista de evidencias no es la que consta',
  required: 'Lo que se pide y lo que falta no es lo que consta',
  answers: 'Las respuestas no son las que constan',
  changes: 'Los avisos de celdas cambiadas no son los que constan',
} as const;
const partNames = ['checks', 'evidence', 'required', 'answers', 'changes'] as const;

const sealSchema = z.object({
  createdAt: z.string(),
  notebooks: z.record(z.string(), sha256Schema),
  checks: sha256Schema,
  evidence: sha256Schema,
  required: sha256Schema,
  answers: sha256Schema,
  changes: sha256Schema,
});

/** What is handed in, as hashes: the last line of the bundle's log. */
export type HandInSeal = z.infer<typeof sealSchema>;

type Sealed = { readonly [Part in (typeof partNames)[number]]?: unknown } & Pick<HandIn, 'createdAt' | 'notebooks'>;

export function sealOf(handIn: Sealed): HandInSeal {
  const hash = (part: (typeof partNames)[number]): string => sha256Of(canonicalJson(handIn[part] ?? null));
  return {
    createdAt: handIn.createdAt,
    notebooks: Object.fromEntries(handIn.notebooks.map(({ unit, sha256 }) => [unit, sha256])),
    checks: hash('checks'),
    evidence: hash('evidence'),
    required: hash('required'),
    answers: hash('answers'),
    changes: hash('changes'),
  };
}

/**
 * The log up to the line of this hand-in: what a query wrote after it is for the next one. A log that took no more lines (it is full, or the disk is)
 * gets the line here.
 */
export function sealedLog(log: string, seal: HandInSeal): string {
  const lines = log.trimEnd().split('\n');
  const end = lines.findLastIndex((line) => line.includes(seal.createdAt) && isSealOf(readEvent(line), seal));
  if (end >= 0) return `${lines.slice(0, end + 1).join('\n')}\n`;
  return log + eventLine(chainEvent(readEvent(lines.at(-1) ?? ''), { at: seal.createdAt, kind: sealKind, data: seal }));
}

const isSealOf = (event: ChainedEvent | null, seal: HandInSeal): boolean =>
  event?.kind === sealKind && sealSchema.safeParse(event.data).data?.createdAt === seal.createdAt;

/** In Spanish: where `entrega.json`, as it was read, is not what the log says was handed in. The bundles of the first version have no such line. */
export function sealProblems(handIn: HandIn, raw: Readonly<Record<string, unknown>>, chain: ChainReport): string[] {
  if (!chain.isWhole) return [];
  const last = chain.events.at(-1);
  if (last?.kind !== sealKind && handIn.answers === undefined) return [];
  const told = last?.kind === sealKind ? sealSchema.safeParse(last.data).data : undefined;
  if (told === undefined) return ['El registro no termina con la entrega.'];
  const found = sealOf({ ...raw, createdAt: handIn.createdAt, notebooks: handIn.notebooks });
  const units = [...new Set([...Object.keys(told.notebooks), ...Object.keys(found.notebooks)])];
  return [
    ...(told.createdAt === found.createdAt ? [] : ['La fecha de la entrega no es la que consta en el registro.']),
    ...units
      .filter((unit) => told.notebooks[unit] !== found.notebooks[unit])
      .map((unit) => `El cuaderno de «${unit}» no es el que consta en el registro al entregar.`),
    ...partNames
      .filter((part) => told[part] !== found[part])
      .map((part) => `${parts[part]} en el registro al entregar.`),
  ];
}
