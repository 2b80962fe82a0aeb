import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { manifestFile } from '../../../main/grading/bundle-schema.ts';
import { manifestOf } from '../../../main/grading/manifest.ts';
import { openBundle } from '../../../main/grading/open-bundle.ts';
import { verifyBundle } from '../../../main/grading/verify-bundle.ts';
import { TestWindow, type TestWindowOptions } from '../host/test-window.ts';
import { consoleText, greyPng, windowText } from '../workspace/evidence-fixture.ts';

const rows = [
  [windowText('09:00', '09:03'), 'hola', '2'],
  [windowText('09:03', '09:06'), 'mundo', '1'],
] as const;

/** A window with Caso 5 open, a cell run, and one capture of a console batch. */
export async function windowWithCapture(options: TestWindowOptions = {}): Promise<TestWindow> {
  const window = await TestWindow.start(options);
  await window.openActivity('caso-5');
  const source = `print("<script>alert('hola')</script>")`;
  await window.write([
    ...window.cells,
    { id: 'mia', cell_type: 'code', source, metadata: {}, execution_count: null, outputs: [] },
  ]);
  await window.run('mia');
  await window.request('student.write', { name: 'Ana Ñíguez', nia: '12345678' });
  const { item } = await window.request('evidence.draft', {
    kind: 'console',
    path: window.path,
    cell: 'mia',
    query: 'palabras',
    runId: 'run',
    text: consoleText(1, ['window', 'palabra', 'count'], ...rows),
  });
  const png = greyPng(8, 4).toString('base64');
  await window.request('evidence.capture', { unit: item.source.unit, id: item.id, png });
  return window;
}

export async function bundleOf(window: TestWindow): Promise<Uint8Array> {
  const { name } = await window.request('handIn.save', { activities: ['actividad-1'] });
  const { base64 } = await window.request('handIn.read', { name });
  return Buffer.from(base64, 'base64');
}

export const textIn = (bundle: Uint8Array, path: string): string => strFromU8(unzipSync(bundle)[path] ?? strToU8(''));

/** The bundle with files changed, put in, or taken out (null); `forged`: with a manifest that fits. */
export function altered(
  bundle: Uint8Array,
  changes: Readonly<Record<string, ((text: string) => string) | null>>,
  forged = false,
): Uint8Array {
  const files = unzipSync(bundle);
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) delete files[path];
    else files[path] = strToU8(change(strFromU8(files[path] ?? new Uint8Array(), true)), true);
  }
  if (forged) files[manifestFile] = strToU8(manifestOf(new Map(Object.entries(files))));
  return zipSync(files);
}

/** What verifying finds; why it cannot be opened, where it cannot. */
export async function problemsOf(bytes: Uint8Array): Promise<readonly string[]> {
  const opened = await openBundle(bytes);
  return opened.isReadable ? verifyBundle(opened.handIn, opened.files) : [opened.reason];
}
