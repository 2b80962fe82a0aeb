import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { verifyCommand } from '../../../main/host/verify-command.ts';
import { greyPng } from '../workspace/evidence-fixture.ts';
import { altered, bundleOf, problemsOf, textIn, windowWithCapture } from './hand-in-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'outside-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a hand-in with an image from outside is whole, and says in report and verification that the image has no provenance', async () => {
  const other = await windowWithCapture();
  const { item } = await other.request('evidence.draft', {
    kind: 'outside',
    path: other.path,
    cell: null,
    query: null,
    runId: null,
    name: 'pizarra',
    text: 'La pizarra',
    image: greyPng(3, 3).toString('base64'),
  });
  const png = greyPng(8, 4).toString('base64');
  await other.request('evidence.capture', { unit: item.source.unit, id: item.id, png });
  const zip = await bundleOf(other);
  await other.close();
  expect(await problemsOf(zip)).toEqual([]);
  expect(textIn(zip, 'informe.html')).toContain('Imagen de fuera · pizarra <strong class="missing">sin procedencia');
  const file = join(folder, 'fuera.entrega.zip');
  writeFileSync(file, zip);
  const printed: string[] = [];
  expect(await verifyCommand([file], (text) => printed.push(text))).toBe(0);
  expect(printed.join('')).toContain('coincide');
  expect(printed.join('')).toMatch(/Nota: La evidencia .*02-imagen-de-fuera-pizarra .* sin procedencia/);
  const relabelled = altered(zip, { 'entrega.json': (text) => text.replace('"outside"', '"console"') }, true);
  writeFileSync(file, relabelled);
  const again: string[] = [];
  await verifyCommand([file], (text) => again.push(text));
  expect(again.join('')).toContain('sin procedencia');
  expect(
    await problemsOf(
      altered(
        zip,
        { 'evidencias/caso-5/02-imagen-de-fuera-pizarra.json': (text) => text.replace('La pizarra', 'Otra') },
        true,
      ),
    ),
  ).not.toEqual([]);
});
