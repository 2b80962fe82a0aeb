import type { HandIn } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';
import { activityHtml } from './report-activity.ts';
import { notebookHtml } from './report-notebook.ts';
import { reportStyle } from './report-style.ts';
import { escaped, prose } from './report-text.ts';

/** One page without scripts or links to the outside: nothing that a notebook holds is taken as markup. */
export function reportHtml(handIn: HandIn, files: BundleFiles): string {
  const { student, activities, createdAt, clock, marea, notebooks } = handIn;
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
<h1>Entrega de ${escaped(student.name)}</h1>
<p>NIA ${escaped(student.nia)}</p>
<p>Creada el ${escaped(createdAt)} con Marea ${escaped(marea)} · reloj ${clock === 'real' ? 'real' : 'virtual'}</p>
</header>
${activities.map((activity) => activityHtml(activity, handIn, files)).join('\n')}
${checksHtml(handIn)}
${notebooks.map(({ title: name, path }) => notebookHtml(name, textOf(files.get(path)))).join('\n')}
</body>
</html>
`;
}

function checksHtml({ checks }: HandIn): string {
  const rows = checks.map(
    ({ unit, title, passed, message }) =>
      `<tr><td>${escaped(unit)}</td><td>${prose(title)}</td><td class="${passed ? 'there' : 'missing'}">${passed ? 'Sí' : 'No'}</td><td>${prose(message)}</td></tr>`,
  );
  return `<section><h2>Comprobaciones</h2><table><thead><tr><th>Unidad</th><th>Comprobación</th><th>Pasa</th><th>Detalle</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
