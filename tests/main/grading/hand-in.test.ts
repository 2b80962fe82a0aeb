import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCommand } from '../../../main/host/verify-command.ts';
import { parts } from '../../support/machine-parts.ts';
import type { TestWindow } from '../host/test-window.ts';
import { altered, bundleOf, problemsOf, textIn, windowWithCapture } from './hand-in-fixture.ts';

const { unzip, python } = parts;
const folder = mkdtempSync(join(tmpdir(), 'hand-in-'));
const evidence = 'evidencias/caso-5/01-consola-fijas';
let window: TestWindow;
let bundle: Uint8Array;

beforeAll(async () => {
  window = await windowWithCapture();
  bundle = await bundleOf(window);
}, 60_000);
afterAll(async () => {
  await window.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a hand-in as Marea wrote it', () => {
  test('holds notebook, captures, report, log and manifest, and is whole', async () => {
    expect(Object.keys(unzipSync(bundle))).toEqual([
      'LEEME.txt',
      'caso-5.ipynb',
      'datos/entradas.jsonl',
      'entrega.json',
      `${evidence}.json`,
      `${evidence}.png`,
      `${evidence}.txt`,
      'informe.html',
      'manifest-sha256.txt',
      'registro/eventos.jsonl',
    ]);
    expect(await problemsOf(bundle)).toEqual([]);
  });

  test('is told to the student with name, size, hash, contents and a receipt beside it', async () => {
    const saved = await window.request('handIn.save', { activities: ['actividad-1'] });
    expect(saved.name).toMatch(/^act1_12345678_\d{8}T\d{6}Z(-\d+)?\.entrega\.zip$/);
    expect(saved).toMatchObject({
      problems: [],
      sha256: expect.stringMatching(/^([0-9a-f]{8} ){7}[0-9a-f]{8}$/) as string,
    });
    const receipt = readFileSync(join(saved.folder, saved.name.replace(/\.zip$/, '.txt')), 'utf8');
    expect(receipt).toContain(saved.sha256);
    expect(receipt).toContain('Ana Ñíguez');
  });

  test('names what is missing and is written all the same', async () => {
    const look = await window.request('handIn.look', { activities: ['actividad-1'] });
    expect(look.evidence.filter(({ isThere }) => !isThere).map(({ id }) => id)).toContain('justificacion');
    expect(JSON.parse(textIn(bundle, 'entrega.json'))).toMatchObject({
      required: expect.arrayContaining([
        expect.objectContaining({ evidence: 'justificacion', isThere: false }),
      ]) as unknown,
    });
  });

  test.skipIf(unzip === undefined)('passes `unzip -t` and `sha256sum -c` (needs unzip)', () => {
    const file = join(folder, 'whole.zip');
    writeFileSync(file, bundle);
    expect(execFileSync(unzip ?? '', ['-tq', file], { encoding: 'utf8' })).toContain('No errors');
    const inside = join(folder, 'whole');
    execFileSync(unzip ?? '', ['-q', file, '-d', inside]);
    const env = { ...process.env, LC_ALL: 'C' };
    const checked = execFileSync('sha256sum', ['-c', 'manifest-sha256.txt'], { cwd: inside, encoding: 'utf8', env });
    expect(checked.trim().split('\n')).toHaveLength(9);
  });

  test.skipIf(python === undefined)(
    'its notebook passes the validator of nbformat (needs a Python with nbformat)',
    () => {
      const code =
        'import nbformat, sys; nbformat.validate(nbformat.reads(sys.stdin.read(), as_version=nbformat.NO_CONVERT))';
      const input = textIn(bundle, 'caso-5.ipynb');
      expect(() => execFileSync(python ?? '', ['-c', code], { input })).not.toThrow();
    },
  );

  test('has a report without scripts, in which nothing that a cell printed is markup', () => {
    const report = textIn(bundle, 'informe.html');
    expect(report).toContain('&lt;script&gt;alert(&#39;hola&#39;)&lt;/script&gt;');
    expect(report).not.toMatch(/<script|<iframe|<link|src="(?!data:)|href=|\son\w+=/i);
    expect(report).toContain('data:image/png;base64,');
  });
});

describe('a hand-in that somebody changed', () => {
  const oneDigit = (text: string): string => text.replace('"2"', '"9"');

  test('one digit of a capture is found, with the capture and its batch', async () => {
    const problems = await problemsOf(altered(bundle, { [`${evidence}.json`]: oneDigit }));
    expect(problems).toContain(`«${evidence}.json» no coincide con el manifiesto.`);
    expect(problems.filter((problem) => problem.includes('lote 1')).length).toBeGreaterThan(0);
  });

  test('and also when the manifest was made anew', async () => {
    const problems = await problemsOf(altered(bundle, { [`${evidence}.json`]: oneDigit }, true));
    expect(problems).toEqual([
      expect.stringMatching(/lote 1.*\.json no es el que se capturó/),
      expect.stringMatching(/lote 1.*los datos no tienen la huella/),
    ]);
  });

  test('and when entrega.json was made to agree: the log tells of another content', async () => {
    const forged = altered(bundle, { [`${evidence}.json`]: oneDigit }, true);
    const { sha256Of } = await import('../../../main/workspace/sha256.ts');
    const [was, is] = [bundle, forged].map((bytes) => sha256Of(textIn(bytes, `${evidence}.json`)));
    const again = altered(forged, { 'entrega.json': (text) => text.replace(was ?? '', is ?? '') }, true);
    expect(await problemsOf(again)).toContainEqual(expect.stringContaining('no consta en el registro'));
  });

  test('a changed notebook is found though the manifest was made anew', async () => {
    expect(await problemsOf(altered(bundle, { 'caso-5.ipynb': (text) => `${text} ` }, true))).toEqual([
      'El cuaderno «caso-5.ipynb» no es el que se entregó.',
    ]);
  });

  test('a changed line of the log breaks its chain', async () => {
    const change = (text: string): string => text.replace('"status":"ok"', '"status":"error"');
    expect(await problemsOf(altered(bundle, { 'registro/eventos.jsonl': change }, true))).toEqual([
      expect.stringMatching(/^El registro está roto: la línea \d+ se ha cambiado\.$/),
    ]);
  });

  test('a notebook, a check or the list of captures changed in entrega.json too is not what the log says was handed in', async () => {
    const { sha256Of } = await import('../../../main/workspace/sha256.ts');
    const notebook = textIn(bundle, 'caso-5.ipynb');
    const changes: readonly (readonly [change: (text: string) => string, problem: string])[] = [
      [
        (text) => text.replace(sha256Of(notebook), sha256Of(`${notebook} `)),
        'El cuaderno de «caso-5» no es el que consta en el registro al entregar.',
      ],
      [
        (text) => text.replace('"passed":false', '"passed":true'),
        'Las comprobaciones no son las que constan en el registro al entregar.',
      ],
      [
        (text) => text.replace(/"evidence":\[.*?\],"logHead"/, '"evidence":[],"logHead"'),
        'La lista de evidencias no es la que consta en el registro al entregar.',
      ],
      [
        (text) => text.replace('"isThere":false', '"isThere":true'),
        'Lo que se pide y lo que falta no es lo que consta en el registro al entregar.',
      ],
    ];
    for (const [change, problem] of changes)
      expect(await problemsOf(altered(bundle, { 'entrega.json': change }, true))).toContain(problem);
  });

  test('a log whose last line is not the hand-in is found; a bundle of the first version never had that line', async () => {
    const { verifyChain } = await import('../../../main/workspace/event-chain.ts');
    const chain = verifyChain(textIn(bundle, 'registro/eventos.jsonl'));
    const before = chain.isWhole ? (chain.events.at(-2)?.hash ?? '') : '';
    const shorter = {
      'registro/eventos.jsonl': (text: string) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`,
      'entrega.json': (text: string) => text.replace(/"logHead":"[0-9a-f]+"/, `"logHead":"${before}"`),
    };
    const cut = altered(bundle, shorter, true);
    expect(await problemsOf(cut)).toEqual(['El registro no termina con la entrega.']);
    const asBefore = (text: string): string => {
      const { answers: _, changes: __, ...first } = JSON.parse(text) as Record<string, unknown>;
      return JSON.stringify(first);
    };
    expect(await problemsOf(altered(cut, { 'entrega.json': asBefore }, true))).toEqual([]);
  });

  test('lines cut off the end of the log do not reach what the hand-in says', async () => {
    const cut = (text: string): string => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`;
    expect(await problemsOf(altered(bundle, { 'registro/eventos.jsonl': cut }, true))).toContain(
      'El registro no termina donde dice la entrega.',
    );
  });

  test('files put in or taken out are named', async () => {
    expect(await problemsOf(altered(bundle, { 'nuevo.txt': () => 'x', 'caso-5.ipynb': null }))).toEqual(
      expect.arrayContaining([
        'Falta «caso-5.ipynb», que está en el manifiesto.',
        '«nuevo.txt» no está en el manifiesto.',
      ]),
    );
  });

  test('a picture of another capture is told from this one', async () => {
    const plain = Buffer.from(unzipSync(bundle)[`${evidence}.png`] ?? []).toString('latin1');
    const swapped = altered(bundle, { [`${evidence}.png`]: () => plain.slice(0, 33) + plain.slice(-12) }, true);
    expect(await problemsOf(swapped)).toContainEqual(expect.stringContaining('la imagen no dice de dónde viene'));
  });
});

describe('marea verify', () => {
  async function verify(...words: readonly string[]) {
    let printed = '';
    const code = await verifyCommand(words, (text) => (printed += text));
    return { code, printed };
  }

  test('goes through a folder as Moodle packs it; a broken bundle stops none of the others', async () => {
    const download = join(folder, 'moodle');
    const put = (name: string, bytes: Uint8Array | string) => {
      mkdirSync(join(download, `${name}_123_assignsubmission_file_`), { recursive: true });
      writeFileSync(join(download, `${name}_123_assignsubmission_file_`, 'a.entrega.zip'), bytes);
    };
    put('Ana', bundle);
    expect(await verify(download)).toMatchObject({ code: 0 });
    put('Berta', altered(bundle, { 'caso-5.ipynb': (text) => `${text} ` }));
    expect(await verify(download)).toMatchObject({ code: 1 });
    put('Carlos', 'no es un zip');
    const { code, printed } = await verify(download, '--json');
    expect(code).toBe(3);
    expect((JSON.parse(printed) as { verdict: string }[]).map(({ verdict }) => verdict)).toEqual([
      'whole',
      'altered',
      'unreadable',
    ]);
  });

  test('goes through Moodle’s zip without unpacking it, and past a folder that is called like a zip', async () => {
    const download = join(folder, 'classes');
    mkdirSync(join(download, 'vieja.zip'), { recursive: true });
    const inside = {
      'Ana_1_assignsubmission_file_/a.entrega.zip': bundle,
      'Eva_2_assignsubmission_file_/b.ZIP': new Uint8Array(3),
    };
    writeFileSync(join(download, 'moodle.ZIP'), zipSync(inside));
    const { code, printed } = await verify(download);
    expect(code).toBe(3);
    expect(printed).toContain('a.entrega.zip: coincide');
    expect(printed).toContain('b.ZIP: NO SE PUEDE ABRIR');
  });

  test('a name with control characters does not reach the terminal as it is', async () => {
    const file = join(folder, 'c.zip');
    const steer = (text: string): string => text.replaceAll('"name":"', '"name":"\\u001b[2J');
    writeFileSync(file, altered(bundle, { 'entrega.json': steer }));
    const { printed } = await verify(file);
    expect(printed).toContain('\ufffd[2J');
    expect(printed).not.toContain('\u001b');
  });

  test('an option that it does not know is wrong usage', async () => {
    expect(await verify(join(folder, 'b.zip'), '--jsno')).toMatchObject({ code: 2 });
  });

  test('says in Spanish whose it is, what does not fit and what is missing', async () => {
    const file = join(folder, 'b.zip');
    writeFileSync(file, altered(bundle, { 'LEEME.txt': () => 'otra cosa' }));
    const { printed } = await verify(file);
    expect(printed).toContain('b.zip: NO COINCIDE\n  Ana Ñíguez · NIA 12345678 · Actividad 1');
    expect(printed).toContain('«LEEME.txt» no coincide con el manifiesto.');
    expect(printed).toContain('Falta: La justificación escrita');
  });

  test('with nothing to verify it says so', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await verify(join(folder, 'empty'))).toMatchObject({ code: 2 });
  });
});
