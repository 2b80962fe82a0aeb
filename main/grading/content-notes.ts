import type { CellOutput, NotebookCell } from '../contract/notebook-schema.ts';
import { NotebookFormatError, parseNotebook } from '../workspace/notebook-file.ts';
import { BadPngError, checkPng } from '../workspace/png-text.ts';
import { DeepJsonError, parseUntrustedJson } from '../workspace/untrusted-json.ts';
import { reportFile } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';

/** Notes of one file; what it holds more than once is told once. */
const mostNotes = 100;

/** What in a readable bundle is not what it seems, in Spanish. None of it runs or is drawn, and all the rest can be read. */
export function contentNotes(files: BundleFiles): readonly string[] {
  const notes = [...files].flatMap(([path, bytes]) => [
    ...new Set(findingsOf(path, bytes).map((finding) => `«${path}» ${finding}`)),
  ]);
  const more = notes.length - mostNotes;
  return more > 0 ? [...notes.slice(0, mostNotes), `Y ${more} avisos más.`] : notes;
}

const programs = /^(?:js|mjs|cjs|vbs|wsf|hta|bat|cmd|ps1|sh|exe|dll|com|scr|msi|jar|lnk|app)$/;

function findingsOf(path: string, bytes: Uint8Array): readonly string[] {
  const kind = path.split('.').at(-1)?.toLowerCase() ?? '';
  const text = () => Buffer.from(bytes).toString('utf8');
  if (kind === 'ipynb') return notebookFindings(text());
  if (kind === 'json') return jsonFindings(text());
  if (kind === 'png') return pngFindings(bytes);
  if (path === reportFile) return markupFindings(text());
  if (/^(?:x?html?|svgz?|xml|mhtml?)$/.test(kind))
    return ['es una página que Marea no pone en una entrega: no se abre.', ...markupFindings(text())];
  if (kind === 'zip') return ['es un zip dentro de la entrega: no se abre.'];
  return programs.test(kind) ? ['es un programa: no se ejecuta.'] : [];
}

function jsonFindings(text: string): readonly string[] {
  try {
    parseUntrustedJson(text);
    return [];
  } catch (error) {
    return [error instanceof DeepJsonError ? 'anida datos sin medida: no se lee.' : 'no es JSON correcto: no se lee.'];
  }
}

function pngFindings(bytes: Uint8Array): readonly string[] {
  try {
    checkPng(bytes);
    return [];
  } catch (error) {
    if (error instanceof BadPngError) return [`${error.message}; no se dibuja.`];
    throw error;
  }
}

function notebookFindings(text: string): readonly string[] {
  try {
    return parseNotebook(text).cells.flatMap(cellFindings);
  } catch (error) {
    if (error instanceof NotebookFormatError) return [`no se puede leer como cuaderno. ${error.message}`];
    throw error;
  }
}

function cellFindings(cell: NotebookCell): readonly string[] {
  if (cell.cell_type === 'code') return cell.outputs.flatMap(outputFindings);
  const attached = Object.values(cell.attachments ?? {}).flatMap(mediaFindings);
  return cell.cell_type === 'raw' ? attached : [...markupFindings(cell.source), ...attached];
}

const outputFindings = (output: CellOutput): readonly string[] => ('data' in output ? mediaFindings(output.data) : []);

const mediaFindings = (media: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(media).flatMap(([type, content]) => {
    const text = typeof content === 'string' ? content : '';
    if (/javascript|ecmascript/i.test(type)) return [scripts];
    if (type === 'image/png') return pngFindings(Buffer.from(text, 'base64'));
    return /^(?:text\/html|text\/markdown|image\/svg\+xml)$/i.test(type) ? markupFindings(text) : [];
  });

const scripts = 'lleva HTML con scripts: no se ejecuta nada.';
const remote = 'pide imágenes u otras cosas de fuera: no se piden.';

// One pass over the text, whatever it is: a repetition is bounded, or stops where the next one could begin.
const handlers =
  'error|load\\w*|click|dblclick|mouse\\w+|key\\w+|focus\\w*|blur|toggle|begin|end|repeat|input|change|submit|reset|select\\w*|(?:animation|transition|pointer|touch|drag|scroll|before|after)\\w*|drop|copy|cut|paste|wheel|message|resize';
const runs = [
  /<(?:script|iframe|object|embed|applet)\b/i,
  new RegExp(`<[a-z][^<>]*[\\s"'/]on(?:${handlers})\\s{0,20}=`, 'i'),
  /(?:href|src|action|data|\]\()[\s="'<]{0,20}(?:javascript:|vbscript:|data:text\/html)/i,
];
const fetches = [
  /!\[[^[\]]*\]\(\s{0,20}<?(?:https?:|ftp:)?\/\//i,
  /^ {0,3}\[[^[\]\n]*\]:\s{0,20}<?(?:https?:|ftp:)?\/\/.{1,500}\.(?:png|jpe?g|gif|svg|webp)/im,
  /<(?:img|image|use|link|source|video|audio|track|input)\b[^<>]*(?:src|srcset|href|poster)\s{0,20}=[\s"']{0,20}(?:https?:|ftp:)?\/\//i,
  /(?:url\(|@import)[\s"']{0,20}(?:https?:|ftp:)?\/\//i,
];

const markupFindings = (text: string): readonly string[] => [
  ...(runs.some((pattern) => pattern.test(text)) ? [scripts] : []),
  ...(fetches.some((pattern) => pattern.test(text)) ? [remote] : []),
];
