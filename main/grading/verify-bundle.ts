import * as z from 'zod';
import { evidenceDataSchema, evidenceItemSchema, hasProvenance } from '../contract/evidence-schema.ts';
import { verifyChain, type ChainedEvent, type ChainReport } from '../workspace/event-chain.ts';
import { hashOfData, provenanceKeyword } from '../workspace/evidence-store.ts';
import { parseNotebook } from '../workspace/notebook-file.ts';
import { BadPngError, pngText } from '../workspace/png-text.ts';
import { handInFile, inputsFile, logFile, type HandIn } from './bundle-schema.ts';
import { sealProblems } from './hand-in-seal.ts';
import { inputProblems } from './recorded-inputs.ts';
import { checkManifest, type BundleFiles, type ManifestFault } from './manifest.ts';
import { sha256Of } from '../workspace/sha256.ts';
import { logHead } from './write-bundle.ts';

type Evidence = HandIn['evidence'][number];

/** What does not fit, in Spanish; empty: nothing has changed since the bundle was written. */
export function verifyBundle(handIn: HandIn, files: BundleFiles): readonly string[] {
  const log = textOf(files.get(logFile));
  const chain = verifyChain(log);
  return [
    ...checkManifest(files).map(manifestText),
    ...chainProblems(chain, log, handIn),
    ...sealProblems(handIn, rawHandIn(files), chain),
    ...(chain.isWhole ? inputProblems(handIn, textOf(files.get(inputsFile)), chain.events) : []),
    ...handIn.evidence.flatMap((evidence) => evidenceProblems(evidence, handIn, files, chain)),
    ...handIn.notebooks.flatMap((notebook) => notebookProblems(notebook, files.get(notebook.path))),
  ];
}

/** Also what a later version wrote into it: it was sealed with that. */
const rawHandIn = (files: BundleFiles): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(textOf(files.get(handInFile))));

/** What whoever grades should know of a bundle though nothing in it has changed, in Spanish. */
export const bundleNotes = (handIn: HandIn, files: BundleFiles): readonly string[] =>
  handIn.evidence
    // The log vouches for the data file; what `entrega.json` calls it can be rewritten.
    .filter(({ path, kind }) => !hasProvenance(dataFileOf(files.get(`${path}.json`))?.item.kind ?? kind))
    .map((evidence) => `La evidencia ${evidence.path} (${placeOf(evidence)}) es una imagen sin procedencia.`);

function manifestText({ path, fault }: ManifestFault): string {
  switch (fault) {
    case 'changed':
      return `«${path}» no coincide con el manifiesto.`;
    case 'missing':
      return `Falta «${path}», que está en el manifiesto.`;
    case 'unlisted':
      return `«${path}» no está en el manifiesto.`;
    case 'unreadable line':
      return `El manifiesto tiene una línea que no se entiende: «${path}».`;
  }
}

const faults = { malformed: 'no se puede leer', changed: 'se ha cambiado', gap: 'no sigue a la anterior' } as const;

function chainProblems(chain: ChainReport, log: string, { logHead: told }: HandIn): readonly string[] {
  if (!chain.isWhole) return [`El registro está roto: la línea ${chain.line} ${faults[chain.fault]}.`];
  return logHead(log) === told ? [] : ['El registro no termina donde dice la entrega.'];
}

/** Batch and cell of a capture, as far as it has them. */
function placeOf({ source, title }: Evidence): string {
  const batch = source.batch === null ? '' : `, lote ${source.batch}`;
  return `${title}${batch}${source.cell === null ? '' : `, celda ${source.cell}`}`;
}

function evidenceProblems(evidence: Evidence, handIn: HandIn, files: BundleFiles, chain: ChainReport): string[] {
  const name = `La evidencia ${evidence.path} (${placeOf(evidence)})`;
  const problems: string[] = [];
  for (const kind of ['png', 'json', 'txt'] as const) {
    const content = files.get(`${evidence.path}.${kind}`);
    if (content === undefined) problems.push(`${name} no tiene su fichero .${kind}.`);
    else if (sha256Of(content) !== evidence.sha256[kind])
      problems.push(`${name}: el fichero .${kind} no es el que se capturó.`);
  }
  const dataFile = dataFileOf(files.get(`${evidence.path}.json`));
  if (dataFile === null) problems.push(`${name}: los datos no se pueden leer.`);
  else if (hashOfData(dataFile.data) !== evidence.dataHash)
    problems.push(`${name}: los datos no tienen la huella de la captura.`);
  const pictured = picturedHash(files.get(`${evidence.path}.png`));
  if (pictured === null) problems.push(`${name}: la imagen no dice de dónde viene.`);
  else if (pictured !== evidence.dataHash) problems.push(`${name}: la imagen es de otra captura.`);
  if (chain.isWhole && !chain.events.some((event) => tellsOf(event, evidence)))
    problems.push(`${name} no consta en el registro con este contenido.`);
  if (evidence.student.nia !== handIn.student.nia)
    problems.push(`${name} se capturó con otro NIA (${evidence.student.nia}).`);
  return problems;
}

const dataFileSchema = z.object({ item: evidenceItemSchema, data: evidenceDataSchema });

function dataFileOf(bytes: Uint8Array | undefined): z.infer<typeof dataFileSchema> | null {
  try {
    return dataFileSchema.parse(JSON.parse(textOf(bytes)));
  } catch {
    return null;
  }
}

const pictureSchema = z.object({ item: evidenceItemSchema });

/** Hash of the data that a picture says it shows. */
function picturedHash(bytes: Uint8Array | undefined): string | null {
  try {
    const text = pngText(bytes ?? new Uint8Array(), provenanceKeyword);
    return text === null ? null : pictureSchema.parse(JSON.parse(text)).item.dataHash;
  } catch (error) {
    if (error instanceof BadPngError || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

const captureSchema = z.object({
  id: z.string(),
  unit: z.string(),
  sha256: z.object({ json: z.string(), png: z.string() }),
});

function tellsOf(event: ChainedEvent, { id, source, sha256 }: Evidence): boolean {
  if (event.kind !== 'evidence') return false;
  const { data } = captureSchema.safeParse(event.data);
  return (
    data !== undefined &&
    data.id === id &&
    data.unit === source.unit &&
    data.sha256.json === sha256.json &&
    data.sha256.png === sha256.png
  );
}

function notebookProblems(
  { path, sha256 }: HandIn['notebooks'][number],
  content: Uint8Array | undefined,
): readonly string[] {
  if (content === undefined) return [`Falta el cuaderno «${path}».`];
  if (!isNotebook(content)) return [`«${path}» no es un cuaderno.`];
  return sha256Of(content) === sha256 ? [] : [`El cuaderno «${path}» no es el que se entregó.`];
}

function isNotebook(bytes: Uint8Array | undefined): boolean {
  try {
    parseNotebook(textOf(bytes));
    return true;
  } catch {
    return false;
  }
}

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
