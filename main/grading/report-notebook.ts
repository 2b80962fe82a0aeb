import type { CellOutput, Notebook } from '../contract/notebook-schema.ts';
import { NotebookFormatError, parseNotebook } from '../workspace/notebook-file.ts';
import { pictureHtml } from './report-picture.ts';
import { cutLines, escaped } from './report-text.ts';

/** A notebook of the report, with its outputs; `text` is its file. */
export function notebookHtml(title: string, text: string): string {
  const notebook = readNotebook(text);
  const body = notebook === null ? '<p>Este cuaderno no se puede leer.</p>' : notebook.cells.map(cellHtml).join('\n');
  return `<section class="notebook"><h2>Cuaderno · ${escaped(title)}</h2>${body}</section>`;
}

function readNotebook(text: string): Notebook | null {
  try {
    return parseNotebook(text);
  } catch (error) {
    if (error instanceof NotebookFormatError) return null;
    throw error;
  }
}

function cellHtml(cell: Notebook['cells'][number]): string {
  if (cell.cell_type !== 'code') return `<pre class="prose">${escaped(cell.source)}</pre>`;
  const label = cell.execution_count === null ? '[ ]' : `[${cell.execution_count}]`;
  return `<div class="cell"><span class="count">${label}</span><pre class="code">${escaped(cell.source)}</pre>${cell.outputs.map(outputHtml).join('')}</div>`;
}

function outputHtml(output: CellOutput): string {
  if (output.output_type === 'stream') return `<pre class="output">${cutLines(output.text)}</pre>`;
  if (output.output_type === 'error')
    return `<pre class="output error">${escaped(`${output.ename}: ${output.evalue}`)}</pre>`;
  const png = output.data['image/png'];
  const text = output.data['text/plain'];
  const plain = Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
  if (typeof png === 'string') return pictureHtml(Buffer.from(png, 'base64'), plain || 'Imagen de la celda');
  return `<pre class="output">${cutLines(plain)}</pre>`;
}
