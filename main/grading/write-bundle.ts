import { canonicalJson } from '../workspace/canonical-json.ts';
import { readEvent } from '../workspace/event-chain.ts';
import { handInFile, inputsFile, logFile, reportFile, manifestFile, type HandIn } from './bundle-schema.ts';
import { manifestOf } from './manifest.ts';
import { sha256Of } from '../workspace/sha256.ts';
import { reportHtml } from './report-html.ts';
import { writeZip } from './write-zip.ts';

export type EvidenceFiles = {
  readonly record: Omit<HandIn['evidence'][number], 'path' | 'sha256'>;
  readonly png: Uint8Array;
  readonly json: Uint8Array;
  readonly txt: Uint8Array;
};

export type NotebookText = {
  readonly unit: string;
  readonly title: string;
  readonly text: string;
  /** Path in the student's data folder. */
  readonly from: string;
};

/** Everything that goes into a bundle but the log; texts and bytes are written as they are. */
export type BundleContent = Required<
  Pick<
    HandIn,
    'marea' | 'createdAt' | 'student' | 'activities' | 'clock' | 'required' | 'checks' | 'answers' | 'changes'
  >
> & {
  readonly notebooks: readonly NotebookText[];
  readonly evidence: readonly EvidenceFiles[];
};

/** What was written down while the student worked. */
export type BundleRecord = {
  /** The event log with every line ended, the last of which is the seal of the content. */
  readonly log: string;
  /** What the notebooks' programs read, a line each. */
  readonly inputs: string;
};

/** The zip that a student hands in. */
export function writeBundle(content: BundleContent, record: BundleRecord): Uint8Array {
  const files = bundleFiles(content, record);
  files.set(manifestFile, Buffer.from(manifestOf(files)));
  return writeZip(files);
}

/** `act1-act2_12345678_20260314T173405Z.entrega.zip`; further ones of the same second have a `number` from 2. */
export function bundleName(
  { activities, student, createdAt }: Pick<HandIn, 'activities' | 'student' | 'createdAt'>,
  number = 1,
): string {
  const acts = activities.map(({ id }) => id.replace(/^actividad-/, 'act')).join('-');
  const nia = student.nia.normalize('NFD').replaceAll(/[^A-Za-z0-9]/g, '');
  const time = createdAt.replaceAll(/[-:]/g, '').slice(0, 15);
  return `${acts}_${nia}_${time}Z${number === 1 ? '' : `-${number}`}.entrega.zip`;
}

/** What `entrega.json` says, but for the log, which ends with the seal of this. */
export function describeContent(content: BundleContent): Omit<HandIn, 'logHead'> {
  const { notebooks, evidence, ...said } = content;
  return {
    v: 1,
    ...said,
    notebooks: notebooks.map(({ text, ...notebook }) => ({
      ...notebook,
      path: notebookPath(notebook.unit),
      sha256: sha256Of(text),
    })),
    evidence: evidence.map(({ record, png, json, txt }) => ({
      ...record,
      path: evidencePath(record),
      sha256: { png: sha256Of(png), json: sha256Of(json), txt: sha256Of(txt) },
    })),
  };
}

function bundleFiles(content: BundleContent, { log, inputs }: BundleRecord): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const { unit, text } of content.notebooks) files.set(notebookPath(unit), Buffer.from(text));
  for (const { record, png, json, txt } of content.evidence) {
    const path = evidencePath(record);
    files.set(`${path}.png`, png).set(`${path}.json`, json).set(`${path}.txt`, txt);
  }
  const handIn: HandIn = { ...describeContent(content), logHead: logHead(log) };
  files.set(logFile, Buffer.from(log));
  files.set(inputsFile, Buffer.from(inputs));
  files.set(handInFile, Buffer.from(`${canonicalJson(handIn)}\n`));
  files.set(reportFile, Buffer.from(reportHtml(handIn, files)));
  files.set('LEEME.txt', Buffer.from(readMe(handIn)));
  return files;
}

const evidencePath = ({ id, source }: EvidenceFiles['record']): string => `evidencias/${source.unit}/${id}`;
const notebookPath = (unit: string): string => `${unit}.ipynb`;

/** Hash of the last line, whole or not. */
export const logHead = (log: string): string | null => readEvent(log.trimEnd().split('\n').at(-1) ?? '')?.hash ?? null;

const readMe = ({ student, activities, createdAt, notebooks }: HandIn): string =>
  `Entrega de ${student.name} (NIA ${student.nia})
${activities.map(({ title }) => title).join('\n')}
Creada el ${createdAt} con Marea

informe.html             todo en una página, para leer o imprimir
${notebooks.map(({ path, title }) => `${path.padEnd(25)}cuaderno de ${title}, con sus salidas\n`).join('')}evidencias/              cada captura como imagen, datos y texto
registro/eventos.jsonl   lo que se ha ejecutado; cada línea lleva la huella de la anterior
datos/entradas.jsonl     lo que leyeron los programas: con ello se puede volver a ejecutar
entrega.json             los datos de la entrega
manifest-sha256.txt      la huella de cada fichero

Para comprobar que nada ha cambiado:
  sha256sum -c manifest-sha256.txt     en la carpeta donde lo descomprimas
  marea verify FICHERO.entrega.zip     comprueba además evidencias y registro
`;
