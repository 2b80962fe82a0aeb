import type { CellOutput, Notebook } from '../contract/notebook-schema.ts';
import { NotebookFormatError, parseNotebook } from '../workspace/notebook-file.ts';
import { escaped } from './report-text.ts';

/** Lines of one output that the report prints; all of them are in the notebook. */
const mostLines = 200;

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
  if (typeof png === 'string' && /^[A-Za-z0-9+/=\s]+$/.test(png))
    return `<img alt="Imagen de la celda" src="data:image/png;base64,${png.replaceAll(/\s/g, '')}">`;
  const text = output.data['text/plain'];
  return `<pre class="output">${cutLines(Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '')}</pre>`;
}

function cutLines(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= mostLines) return escaped(text);
  return `${escaped(lines.slice(0, mostLines).join('\n'))}\n<i>… y ${lines.length - mostLines} líneas más en el cuaderno</i>`;
}
