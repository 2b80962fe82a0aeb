import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { notebookSchema, type CellOutput, type Notebook, type NotebookCell } from '../contract/notebook-schema.ts';
import { DeepJsonError, parseUntrustedJson } from './untrusted-json.ts';

/** A file that is not a notebook we can read. The file is left as it is. */
export class NotebookFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotebookFormatError';
  }
}

const multiline = z
  .union([z.string(), z.array(z.string())])
  .transform((text) => (typeof text === 'string' ? text : text.join('')));
const looseCell = z.looseObject({
  id: z.string().optional(),
  cell_type: z.string(),
  source: multiline.default(''),
  metadata: z.record(z.string(), z.unknown()).default({}),
  outputs: z.array(z.looseObject({ output_type: z.string() })).default([]),
  execution_count: z.number().int().nullable().default(null),
});
const looseNotebook = z.looseObject({
  nbformat: z.number().int(),
  nbformat_minor: z.number().int().default(0),
  metadata: z.record(z.string(), z.unknown()).default({}),
  cells: z.array(looseCell).default([]),
});

/**
 * Reads an `.ipynb` of nbformat 4 (any minor): unknown metadata is kept, cells without an id (before 4.5) get one, unknown output types are dropped.
 * Throws `NotebookFormatError`.
 */
export function parseNotebook(text: string): Notebook {
  const parsed = looseNotebook.safeParse(safeJson(text));
  if (!parsed.success) throw new NotebookFormatError('El fichero no es un cuaderno de Jupyter (nbformat 4).');
  if (parsed.data.nbformat !== 4)
    throw new NotebookFormatError(`Marea lee cuadernos de nbformat 4; este es de nbformat ${parsed.data.nbformat}.`);
  const taken = new Set<string>();
  const cells = parsed.data.cells.map((cell) => readCell(cell, freshId(cell.id, taken)));
  return notebookSchema.parse({ nbformat: 4, nbformat_minor: 5, metadata: parsed.data.metadata, cells });
}

function safeJson(text: string): unknown {
  try {
    return parseUntrustedJson(text);
  } catch (error) {
    throw new NotebookFormatError(
      error instanceof DeepJsonError ? error.message : 'El fichero no contiene JSON válido.',
    );
  }
}

function freshId(id: string | undefined, taken: Set<string>): string {
  const usable = id !== undefined && /^[a-zA-Z0-9_-]{1,64}$/.test(id) && !taken.has(id) ? id : newCellId();
  taken.add(usable);
  return usable;
}

export const newCellId = (): string => randomUUID().slice(0, 8);

type LooseCell = z.output<typeof looseCell>;

function readCell(cell: LooseCell, id: string): NotebookCell {
  const base = { id, source: cell.source, metadata: cell.metadata };
  if (cell.cell_type === 'code') {
    return {
      ...base,
      cell_type: 'code',
      execution_count: cell.execution_count,
      outputs: cell.outputs.flatMap(readOutput),
    };
  }
  const attachments = cell['attachments'];
  const kept =
    attachments && typeof attachments === 'object'
      ? { attachments: attachments as Record<string, Record<string, unknown>> }
      : {};
  return { ...base, cell_type: cell.cell_type === 'markdown' ? 'markdown' : 'raw', ...kept };
}

function readOutput(output: Record<string, unknown>): CellOutput[] {
  const text = multiline.safeParse(output['text']);
  switch (output['output_type']) {
    case 'stream':
      return [
        {
          output_type: 'stream',
          name: output['name'] === 'stderr' ? 'stderr' : 'stdout',
          text: text.success ? text.data : '',
        },
      ];
    case 'display_data':
      return [
        { output_type: 'display_data', data: readBundle(output['data']), metadata: asRecord(output['metadata']) },
      ];
    case 'execute_result': {
      const count = output['execution_count'];
      return [
        {
          output_type: 'execute_result',
          data: readBundle(output['data']),
          metadata: asRecord(output['metadata']),
          execution_count: typeof count === 'number' ? count : null,
        },
      ];
    }
    case 'error':
      return [
        {
          output_type: 'error',
          ename: asText(output['ename']),
          evalue: asText(output['evalue']),
          traceback: asStrings(output['traceback']),
        },
      ];
    default:
      return [];
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const asStrings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const isJsonType = (mime: string): boolean => mime === 'application/json' || mime.endsWith('+json');

const readBundle = (value: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(asRecord(value)).map(([mime, data]) => [
      mime,
      Array.isArray(data) && !isJsonType(mime) ? data.join('') : data,
    ]),
  );

/** The file's text: nbformat 4.5 with lists of lines, one blank of indent and a final newline, as Jupyter writes it. */
export function serialiseNotebook(notebook: Notebook): string {
  const file = {
    cells: notebook.cells.map(writeCell),
    metadata: withKernelSpec(notebook.metadata),
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

const withKernelSpec = (metadata: Record<string, unknown>): Record<string, unknown> => ({
  kernelspec: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' },
  language_info: { name: 'python' },
  ...metadata,
});

const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function writeCell(cell: NotebookCell): Record<string, unknown> {
  const base = { cell_type: cell.cell_type, id: cell.id, metadata: cell.metadata };
  if (cell.cell_type === 'code') {
    return {
      ...base,
      execution_count: cell.execution_count,
      outputs: cell.outputs.map(writeOutput),
      source: lines(cell.source),
    };
  }
  return { ...base, ...(cell.attachments ? { attachments: cell.attachments } : {}), source: lines(cell.source) };
}

function writeOutput(output: CellOutput): Record<string, unknown> {
  if (output.output_type === 'stream') return { ...output, text: lines(output.text) };
  if (output.output_type === 'display_data' || output.output_type === 'execute_result')
    return { ...output, data: writeBundle(output.data) };
  return output;
}

const writeBundle = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [
      mime,
      typeof value === 'string' && mime.startsWith('text/') ? lines(value) : value,
    ]),
  );
