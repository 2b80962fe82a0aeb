import type { CellOutput, Notebook } from '../contract/notebook-schema.ts';
import { NotebookFormatError, parseNotebook } from '../workspace/notebook-file.ts';
import type { HandIn } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';
import { reportStyle } from './report-style.ts';

/** Lines of one output that the report prints; all of them are in the notebook. */
const mostLines = 200;

/** One page without scripts or links to the outside: nothing that a notebook holds is taken as markup. */
export function reportHtml(handIn: HandIn, files: BundleFiles): string {
  const { student, activities, createdAt, clock, marea } = handIn;
  const title = activities.map((activity) => activity.title).join(' · ');
  return `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${title} · ${student.name}`)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p><b>${escaped(student.name)}</b> · NIA ${escaped(student.nia)}</p>
<p>Creado el ${escaped(createdAt)} con Marea ${escaped(marea)} · reloj ${clock === 'real' ? 'real' : 'virtual'}</p>
</header>
${requiredHtml(handIn)}
${evidenceHtml(handIn, files)}
${checksHtml(handIn)}
${handIn.notebooks.map((notebook) => notebookHtml(notebook, files)).join('\n')}
</body>
</html>
`;
}

function requiredHtml({ required }: HandIn): string {
  const items = required.map(
    ({ title, isThere }) =>
      `<li class="${isThere ? 'there' : 'missing'}">${isThere ? 'Está' : 'Falta'}: ${prose(title)}</li>`,
  );
  return `<section><h2>Qué se entrega</h2><ul>${items.join('')}</ul></section>`;
}

function evidenceHtml({ evidence }: HandIn, files: BundleFiles): string {
  if (evidence.length === 0) return '<section><h2>Evidencias</h2><p>Ninguna captura.</p></section>';
  const figures = evidence.map(({ path, title, id, source, clock }) => {
    const text = textOf(files.get(`${path}.txt`));
    const picture = Buffer.from(files.get(`${path}.png`) ?? []).toString('base64');
    const place = [source.notebook, ...(source.batch === null ? [] : [`lote ${source.batch}`]), clock.at].join(' · ');
    return `<figure><img alt="${escaped(text)}" src="data:image/png;base64,${picture}">
<figcaption><b>${escaped(id)}</b> ${prose(title)}<br>${escaped(place)}</figcaption></figure>`;
  });
  return `<section><h2>Evidencias</h2>${figures.join('\n')}</section>`;
}

function checksHtml({ checks }: HandIn): string {
  const rows = checks.map(
    ({ unit, title, passed, message }) =>
      `<tr><td>${escaped(unit)}</td><td>${prose(title)}</td><td class="${passed ? 'there' : 'missing'}">${passed ? 'Sí' : 'No'}</td><td>${prose(message)}</td></tr>`,
  );
  return `<section><h2>Comprobaciones</h2><table><thead><tr><th>Unidad</th><th>Comprobación</th><th>Pasa</th><th>Detalle</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

function notebookHtml({ title, path }: HandIn['notebooks'][number], files: BundleFiles): string {
  const notebook = readNotebook(textOf(files.get(path)));
  const body = notebook === null ? '<p>Este cuaderno no se puede leer.</p>' : notebook.cells.map(cellHtml).join('\n');
  return `<section class="notebook"><h2>${escaped(title)}</h2>${body}</section>`;
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

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** Titles and messages of ours: back-quotes mark code, asterisks emphasis. */
const prose = (text: string): string =>
  escaped(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replaceAll(/\*([^*]+)\*/g, '<i>$1</i>');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
