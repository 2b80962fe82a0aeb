import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { EvidenceItem, RequiredEvidence, Student } from '../../../main/contract/evidence-schema.ts';
import { CaptureStore, type Capturable } from '../../../renderer/capture/capture-store.ts';
import { StudentDialog } from '../../../renderer/capture/student-dialog.tsx';
import { recordedHost, type RecordedAnswers } from '../../../renderer/host/recorded-host.ts';
import { EvidenceList } from '../../../renderer/start/evidence-list.tsx';
import { createNotices } from '../../../renderer/store/notices.ts';
import { es } from '../../../renderer/text/es.ts';
import { gradedActivity } from '../lesson/guide-fixture.ts';
import { drawPanel, settle } from '../services/draw-panel.tsx';

afterEach(cleanup);

const what: Capturable = {
  kind: 'console',
  path: 'caso-5/caso-5.ipynb',
  cell: 'c',
  query: null,
  runId: 'r',
  text: 't',
};
const item: EvidenceItem = {
  id: '01-consola',
  title: 'Consola · lote 3',
  activity: 'actividad-1',
  evidence: 'consola',
  kind: 'console',
  source: { notebook: what.path, unit: 'caso-5', cell: 'c', query: null, runId: 'r', batch: 3, watermark: null },
  clock: { at: '2026-03-02T11:00:07.000Z', mode: 'real' },
  student: { name: 'Ana', nia: '1' },
  codeHash: null,
  dataHash: '0'.repeat(64),
  shortHash: '00000000',
};
const file = (kind: string) => ({ path: `caso-5/evidencias/01-consola.${kind}`, sha256: '0'.repeat(64) });
const record = { ...item, files: { png: file('png'), json: file('json'), txt: file('txt') } };
const required: RequiredEvidence = {
  activity: 'actividad-1',
  evidence: 'consola',
  title: 'La consola',
  state: 'ticked',
  message: '',
  captures: [{ unit: 'caso-5', id: '01-consola' }],
};

/** A host that keeps what it is sent. */
function keeper(): { readonly answers: RecordedAnswers; readonly sent: string[]; student: Student | null } {
  const kept = { sent: [] as string[], student: null as Student | null };
  return Object.assign(kept, {
    answers: (() => ({
      'student.read': async () => ({ student: kept.student }),
      'student.write': async (student: Student) => {
        kept.student = student;
        return {};
      },
      'evidence.draft': async () => ({ item }),
      'evidence.capture': async ({ png }: { readonly png: string }) => {
        kept.sent.push(atob(png));
        return { item: record, required };
      },
      'evidence.list': async () => ({ items: [record], required: [required] }),
      'evidence.read': async () => ({
        item: record,
        data: { text: 't', tables: [] },
        png: btoa('\x89png'),
        alternative: 'alt',
      }),
      'evidence.remove': async ({ unit, id }: { readonly unit: string; readonly id: string }) => {
        kept.sent.push(`remove ${unit}/${id}`);
        return {};
      },
    })) satisfies RecordedAnswers,
  });
}

function store(answers: RecordedAnswers, copy: () => Promise<void>, draw = async () => new Blob(['picture'])) {
  const notices = createNotices();
  const saved: { readonly name: string; readonly content: Blob }[] = [];
  const captures = new CaptureStore({
    host: recordedHost(answers),
    texts: es,
    notices,
    draw,
    copy,
    drawAgain: async ({ data }) => `<svg>${data.text}</svg>`,
    save: (name, content) => saved.push({ name, content }),
  });
  return { captures, saved, notices, toasts: () => notices.toasts.get().map(({ text }) => text) };
}

test('the first capture waits for the name, and is made once it is there', async () => {
  const host = keeper();
  const { captures, toasts } = store(host.answers, async () => undefined);
  await captures.capture(what);
  expect(captures.question.get()).toEqual({ capture: what });
  expect(host.sent).toEqual([]);
  await captures.answer({ name: 'Ana', nia: '1' });
  expect(captures.question.get()).toBeNull();
  expect(host.sent).toEqual(['picture']);
  expect(toasts()).toEqual(['Captura 01-consola guardada y copiada. Cumple «La consola».']);
});

test('a capture is offered alone as PNG, byte for byte, and as SVG drawn from its data', async () => {
  const host = keeper();
  host.student = item.student;
  const { captures, saved, notices } = store(host.answers, async () => undefined);
  expect(await captures.capture(what)).toBe(true);
  for (const action of notices.toasts.get()[0]?.actions ?? []) action.run();
  await settle();
  expect(saved.map(({ name }) => name)).toEqual(['caso-5-01-consola.png', 'caso-5-01-consola.svg']);
  expect([...new Uint8Array((await saved[0]?.content.arrayBuffer()) ?? [])]).toEqual([0x89, 0x70, 0x6e, 0x67]);
  expect(await saved[1]?.content.text()).toBe('<svg>t</svg>');
});

test('an export that fails says so', async () => {
  const { captures, saved, toasts } = store(
    () => ({ 'evidence.read': () => Promise.reject(new Error('x')) }),
    async () => undefined,
  );
  await captures.exportAs('svg', 'caso-5', '01-consola');
  expect(saved).toEqual([]);
  expect(toasts()[0]).toContain('No se ha podido guardar la imagen');
});

test('an image from outside is told to tick nothing', async () => {
  const host = keeper();
  host.student = item.student;
  const answers: RecordedAnswers = (recorded) => ({
    ...host.answers(recorded),
    'evidence.capture': async () => ({ item: { ...record, kind: 'outside', evidence: null }, required: null }),
  });
  const { captures, toasts } = store(answers, async () => undefined);
  await captures.capture({ ...what, kind: 'outside', image: btoa('x') });
  expect(toasts()[0]).toContain('no cumple por sí sola ninguna evidencia');
});

test('a clipboard that refuses is told, and the capture is kept', async () => {
  const host = keeper();
  host.student = item.student;
  const { captures, toasts } = store(host.answers, () => Promise.reject(new Error('no')));
  await captures.capture(what);
  expect(host.sent).toEqual(['picture']);
  expect(toasts()[0]).toContain('no ha dejado copiarla');
});

test('a picture that cannot be drawn keeps nothing and says so', async () => {
  const host = keeper();
  host.student = item.student;
  const { captures, toasts } = store(
    host.answers,
    async () => undefined,
    () => Promise.reject(new Error('canvas')),
  );
  await captures.capture(what);
  expect(host.sent).toEqual([]);
  expect(toasts()).toEqual(['No se ha podido capturar: no se ha podido dibujar la imagen.']);
});

test('the list ticks by what the host judged, and a capture goes only after a question', async () => {
  const host = keeper();
  const { model } = await drawPanel(<EvidenceList activity={gradedActivity} />, host.answers);
  await model.captures.refresh();
  await settle();
  expect(screen.getByText(/· 1 de 1/)).toBeDefined();
  expect(screen.getByText('Hecha:')).toBeDefined();
  expect(screen.getByText(/lote 3/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Quitar la captura 01-consola' }));
  expect(host.sent).toEqual([]);
  fireEvent.click(screen.getByText('Quitar'));
  await settle();
  expect(host.sent).toEqual(['remove caso-5/01-consola']);
});

test('the dialog refuses an empty name and a NIA of other signs', async () => {
  const host = keeper();
  const { model } = await drawPanel(<StudentDialog />, host.answers);
  model.captures.question.set({ capture: null });
  await settle();
  const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
  type('NIA', '12-3');
  fireEvent.click(screen.getByText('Guardar'));
  expect(screen.getByRole('alert').textContent).toBe('Escribe tu nombre.');
  type('Nombre y apellidos', ' Ana Pérez ');
  fireEvent.click(screen.getByText('Guardar'));
  expect(screen.getByRole('alert').textContent).toContain('El NIA lleva');
  type('NIA', 'X123');
  fireEvent.click(screen.getByText('Guardar'));
  await settle();
  expect(host.student).toEqual({ name: 'Ana Pérez', nia: 'X123' });
});
