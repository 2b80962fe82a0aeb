import { expect, test } from 'vitest';
import { evidenceRequirements, type EvidenceRequirement } from '../../../exercises/graded-activities.ts';
import { evidenceOf, judgeRequired, type JudgedCapture } from '../../../main/workspace/evidence-judge.ts';
import { capture, consoleText, windowText } from './evidence-fixture.ts';

function required(evidence: string): EvidenceRequirement {
  const found = evidenceRequirements.find((it) => it.evidence === evidence);
  if (found === undefined) throw new Error(`no evidence ${evidence}`);
  return found;
}

const judge = (evidence: string, ...captures: readonly JudgedCapture[]) =>
  judgeRequired(required(evidence), captures, () => []);
const isTicked = (evidence: string, ...captures: readonly JudgedCapture[]) =>
  judge(evidence, ...captures).state === 'ticked';

const columns = ['window', 'palabra', 'count'];
const fixed = [
  [windowText('12:00', '12:03'), 'Hola', '2'],
  [windowText('12:03', '12:06'), 'Mundo', '1'],
];
const sliding = [
  [windowText('12:00', '12:03'), 'Hola', '2'],
  [windowText('12:02', '12:05'), 'Hola', '2'],
];

test('the fixed windows of three minutes tick by their content, whatever the columns are called', () => {
  expect(isTicked('consola-fijas', capture('caso-5', consoleText(0, columns, ...fixed)))).toBe(true);
  expect(isTicked('consola-fijas', capture('caso-5', consoleText(0, ['v', 'w', 'n'], ...fixed)))).toBe(true);
  const apart = [
    ['2026-03-02 12:00:00', '2026-03-02 12:03:00', 'Hola', '2'],
    ['2026-03-02 12:03:00', '2026-03-02 12:06:00', 'Mundo', '1'],
  ];
  expect(isTicked('consola-fijas', capture('caso-5', consoleText(0, ['inicio', 'fin', 'w', 'n'], ...apart)))).toBe(
    true,
  );
});

test('other windows, another unit and half a table are not the fixed ones', () => {
  const twoMinutes = [[windowText('12:00', '12:02'), 'Hola', '2']];
  for (const [text, unit] of [
    [consoleText(0, columns, ...twoMinutes), 'caso-5'],
    [consoleText(0, columns, ...sliding), 'caso-5'],
    [consoleText(0, columns, [windowText('12:01', '12:04'), 'Hola', '2']), 'caso-5'],
    [consoleText(0, columns, ...fixed), 'caso-6'],
    [consoleText(0, ['window', 'palabra'], ...fixed), 'caso-5'],
    [consoleText(0, columns), 'caso-5'],
    ['', 'caso-5'],
  ] as const)
    expect(judge('consola-fijas', capture(unit, text))).toMatchObject({ state: 'missing' });
  expect(judge('consola-fijas', capture('caso-5', consoleText(0, columns, fixed[0] ?? []))).message).toContain(
    '1 de 2 ventanas',
  );
});

test('the sliding ones need two batches of one run, in one capture or in two', () => {
  const first = consoleText(0, columns, ...sliding);
  const second = consoleText(1, columns, ...sliding);
  expect(judge('consola-deslizantes', capture('caso-5', first)).message).toContain('1 de 2 lotes');
  expect(isTicked('consola-deslizantes', capture('caso-5', first), capture('caso-5', first))).toBe(false);
  expect(isTicked('consola-deslizantes', capture('caso-5', first), capture('caso-5', second))).toBe(true);
  expect(isTicked('consola-deslizantes', capture('caso-5', first + second))).toBe(true);
  const other = capture('caso-5', second, { runId: 'other' });
  expect(isTicked('consola-deslizantes', capture('caso-5', first), other)).toBe(false);
});

test('fixed windows that happen to begin on even minutes do not pass for sliding ones', () => {
  const even = [
    [windowText('12:00', '12:03'), 'Hola', '2'],
    [windowText('12:06', '12:09'), 'Hola', '2'],
  ];
  const text = consoleText(0, columns, ...even) + consoleText(1, columns, ...even);
  const even5 = capture('caso-5', text);
  expect(judge('consola-deslizantes', even5)).toMatchObject({ state: 'missing', captures: [] });
  expect(evidenceOf(even5, [], evidenceRequirements)?.evidence).toBe('consola-fijas');
  // What the same run showed before tells them apart.
  const before = capture('caso-5', consoleText(2, columns, ...sliding));
  expect(evidenceOf(even5, [before], evidenceRequirements)?.evidence).toBe('consola-deslizantes');
  expect(isTicked('consola-fijas', before, even5)).toBe(false);
});

test('one window alone is counted, but for no evidence yet', () => {
  const one = capture('caso-5', consoleText(0, columns, fixed[0] ?? []));
  expect(judge('consola-fijas', one)).toMatchObject({ state: 'missing', captures: [] });
  expect(evidenceOf(one, [], evidenceRequirements)).toBeNull();
});

test('a window that truncate cut off is told as such', () => {
  const cut = consoleText(0, columns, ['{2026-03-02 12:00...', 'Hola', '2']);
  expect(judge('consola-fijas', capture('caso-5', cut)).message).toContain('truncate');
});

test('Bizum’s console shows four measures by window, one of them between two others', () => {
  const names = ['start', 'end', 'media', 'mayor', 'menor', 'bizums'];
  const times = ['2026-03-02 09:45:00', '2026-03-02 09:48:00'];
  expect(isTicked('consola', capture('bizum', consoleText(3, names, [...times, '290.17', '567', '43', '6'])))).toBe(
    true,
  );
  expect(isTicked('consola', capture('bizum', consoleText(3, names, [...times, '1.5E-7', '567', '0', '6'])))).toBe(
    true,
  );
  const three = consoleText(3, names.slice(0, 5), [...times, '290.17', '567', '43']);
  expect(isTicked('consola', capture('bizum', three))).toBe(false);
});

test('the consumer’s view and the Mongo query count rows of their topic and collection', () => {
  const rows = ['1', '2', '3', '4', '5'].map((value) => [value]);
  const text = consoleText(0, ['value'], ...rows);
  expect(isTicked('consumidor', capture('bizum', text, { kind: 'kafka', query: 'iabd-bizum' }))).toBe(true);
  expect(isTicked('consumidor', capture('bizum', text, { kind: 'kafka', query: 'other' }))).toBe(false);
  expect(
    isTicked('consumidor', capture('bizum', consoleText(0, ['value'], ['1']), { kind: 'kafka', query: 'iabd-bizum' })),
  ).toBe(false);
  expect(isTicked('consulta-mongo', capture('bizum', text, { kind: 'mongo', query: 'iabd.bizum' }))).toBe(true);
  expect(isTicked('mensajes', capture('caso-8', text, { kind: 'kafka', query: 'usuariosk' }))).toBe(true);
});

test('activity 3: the join, the windows of 15 minutes, and a progress that cleans state', () => {
  const join = consoleText(
    0,
    ['id', 'nombre', 'login_time', 'ultimoLogin'],
    ['1', 'Ana', '2026-03-02 10:00:00', 'NULL'],
  );
  expect(isTicked('consola-join', capture('caso-8', join))).toBe(true);
  expect(isTicked('consola-join', capture('caso-8', consoleText(0, ['id', 'nombre'], ['1', 'Ana'])))).toBe(false);
  const windows = consoleText(
    1,
    ['start', 'end', 'nombre', 'count'],
    ['2026-03-02 10:00:00', '2026-03-02 10:15:00', 'Ana', '2'],
  );
  expect(isTicked('consola-ventanas', capture('limpieza-join', windows))).toBe(true);
  const before = "lote 0 {'numRowsTotal': 2, 'numRowsUpdated': 2, 'numRowsRemoved': 0}\n";
  const after = "lote 1 {'numRowsTotal': 1, 'numRowsUpdated': 1, 'numRowsRemoved': 2}\n";
  const printed = (text: string) => capture('limpieza-join', text, { kind: 'output' });
  expect(isTicked('progreso', printed(before + after))).toBe(true);
  expect(isTicked('progreso', printed(before + before))).toBe(false);
  expect(isTicked('progreso', printed(after))).toBe(false);
});

test('the justification is a check on the notebook', () => {
  const passed = (unit: string) => (unit === 'caso-5' ? ['explicacion'] : []);
  expect(judgeRequired(required('justificacion'), [], passed).state).toBe('ticked');
  expect(judge('justificacion').state).toBe('missing');
});
