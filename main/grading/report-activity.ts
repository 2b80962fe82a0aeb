import { hasProvenance } from '../contract/evidence-schema.ts';
import type { HandIn } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';
import { pictureHtml } from './report-picture.ts';
import { escaped, prose } from './report-text.ts';

type Activity = HandIn['activities'][number];

/** One activity of the report: what is there, what the student wrote, and what was captured. */
export function activityHtml(activity: Activity, handIn: HandIn, files: BundleFiles): string {
  const parts = [
    requiredHtml(activity, handIn),
    changesHtml(activity, handIn),
    textsHtml(activity, handIn),
    evidenceHtml(activity, handIn, files),
    predictionsHtml(activity, handIn),
  ];
  return `<section class="activity"><h2>${escaped(activity.title)}</h2>${parts.join('\n')}</section>`;
}

/** A unit of several activities is shown with the first of them. */
const ownUnits = ({ id }: Activity, { activities }: HandIn): readonly string[] => {
  const position = activities.findIndex((activity) => activity.id === id);
  const before = activities.slice(0, position).flatMap(({ units = [] }) => units);
  return (activities[position]?.units ?? []).filter((unit) => !before.includes(unit));
};

function requiredHtml({ id }: Activity, { required }: HandIn): string {
  const items = required
    .filter(({ activity }) => activity === id)
    .map(
      ({ title, isThere }) =>
        `<li class="${isThere ? 'there' : 'missing'}">${isThere ? 'Está' : 'Falta'}: ${prose(title)}</li>`,
    );
  return `<h3>Qué se entrega</h3><ul>${items.join('')}</ul>`;
}

function changesHtml(activity: Activity, handIn: HandIn): string {
  const units = ownUnits(activity, handIn);
  const items = (handIn.changes ?? []).filter(({ unit }) => units.includes(unit));
  if (items.length === 0) return '';
  const list = items.map(({ unit, message }) => `<li>${escaped(`${titleOf(unit, handIn)}: ${message}`)}</li>`);
  return `<div class="notice"><h3>Código cambiado después</h3><ul>${list.join('')}</ul></div>`;
}

const titleOf = (unit: string, { notebooks }: HandIn): string =>
  notebooks.find((notebook) => notebook.unit === unit)?.title ?? unit;

/** As it was written, as plain text: nothing in it is markup, and none of it is lost. */
function textsHtml(activity: Activity, handIn: HandIn): string {
  const units = ownUnits(activity, handIn);
  const written = (handIn.answers ?? []).filter(({ unit, texts }) => units.includes(unit) && texts.length > 0);
  if (written.length === 0) return '<h3>Lo que ha escrito</h3><p>No ha escrito en ninguna celda de texto.</p>';
  const blocks = written.map(({ unit, texts }) => {
    const cells = texts.map(({ text }) => `<pre class="answer">${escaped(text)}</pre>`);
    return `${units.length > 1 ? `<h4>${escaped(titleOf(unit, handIn))}</h4>` : ''}${cells.join('')}`;
  });
  return `<h3>Lo que ha escrito</h3>${blocks.join('\n')}`;
}

function evidenceHtml(activity: Activity, handIn: HandIn, files: BundleFiles): string {
  const units = ownUnits(activity, handIn);
  const captures = handIn.evidence.filter(({ source }) => units.includes(source.unit));
  if (captures.length === 0) return '<h3>Evidencias</h3><p>Ninguna captura.</p>';
  return `<h3>Evidencias</h3>${captures.map((capture) => figureHtml(capture, files)).join('\n')}`;
}

function figureHtml({ path, title, id, kind, source, clock }: HandIn['evidence'][number], files: BundleFiles): string {
  const text = Buffer.from(files.get(`${path}.txt`) ?? []).toString('utf8');
  const place = [source.notebook, ...(source.batch === null ? [] : [`lote ${source.batch}`]), clock.at].join(' · ');
  return `<figure>${pictureHtml(files.get(`${path}.png`) ?? new Uint8Array(), text)}
<figcaption><b>${escaped(id)}</b> ${prose(title)}${hasProvenance(kind) ? '' : ' <strong class="missing">sin procedencia</strong>'}<br>${escaped(place)}</figcaption></figure>`;
}

function predictionsHtml(activity: Activity, handIn: HandIn): string {
  const units = ownUnits(activity, handIn);
  const answered = (handIn.answers ?? []).filter(({ unit }) => units.includes(unit));
  const rows = answered.flatMap(({ predictions }) =>
    predictions.map(
      ({ question, chosen, right, at }) =>
        `<tr><td>${prose(question)}</td><td>${listHtml(chosen)}</td><td>${listHtml(right)}</td><td>${escaped(at)}</td></tr>`,
    ),
  );
  if (rows.length === 0) return '';
  return `<h3>Preguntas de la guía</h3><p>No puntúan: son predicciones.</p><table><thead><tr><th>Pregunta</th><th>Respondió</th><th>Correcta</th><th>Cuándo</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const listHtml = (texts: readonly string[]): string => texts.map(prose).join('<br>');
