import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { HandInWriter, type Activity, type HandInOrder } from './hand-in-writer.ts';
import { Forger, withOneDigitChanged } from './forger.ts';
import { recordSession, type Edit, type Session } from './record-session.ts';
import { students } from './students.ts';
import type { Draft } from './capture-drafts.ts';

/** A hand-in with what a teacher should be told of it. */
export type Expected = {
  readonly kind: 'correct' | 'wrong' | 'broken';
  readonly what: string;
  readonly verify: 'whole' | 'altered' | 'unreadable';
  /** Null: it is not run. */
  readonly verdict: 'reproduces' | 'differs' | 'cannot_run' | null;
  /** All that is proposed, with nothing for what a person judges; null: there is no proposal. */
  readonly points: number | null;
  /** What the problems, the differences or the reasons say. */
  readonly told: readonly RegExp[];
};
export type HandedIn = Expected & { readonly student: (typeof students)[number]; readonly bytes: Buffer };

type Wanted = Expected & { readonly write: (student: HandedIn['student']) => Promise<Buffer> };

const [act1, act2, act3] = [['actividad-1'], ['actividad-2'], ['actividad-3']] as const;
const all: readonly Activity[] = ['actividad-1', 'actividad-2', 'actividad-3'];

/** Caso 5 with windows of five minutes where three are asked. */
const fiveMinutes: readonly Edit[] = [
  { cell: 'caso5-tres-fija', from: '"3 minutes"', to: '"5 minutes"' },
  { cell: 'caso5-tres-dos', from: '"3 minutes"', to: '"5 minutes"' },
];
/** Caso 5 that counts lines of a window, whatever their words are. */
const windowOnly: readonly Edit[] = ['caso5-tres-fija', 'caso5-tres-dos'].map((cell) => ({
  cell,
  from: ', dfPalabras.palabra\n',
  to: '\n',
}));
/** Bizum that adds up what should be averaged. */
const sums: readonly Edit[] = [
  { cell: 'bizum-ventanas', from: 'import window, avg', to: 'import window, avg, sum' },
  { cell: 'bizum-ventanas', from: 'avg("cantidad")', to: 'sum("cantidad")' },
];

/** The class: ten hand-ins as they should be, ten wrong in five ways, ten broken in five ways. */
export async function thirtyHandIns(): Promise<readonly HandedIn[]> {
  const writers: HandInWriter[] = [];
  const writerOf = async (session: Session): Promise<HandInWriter> => {
    const writer = await HandInWriter.open(session);
    writers.push(writer);
    return writer;
  };
  try {
    const good = await writerOf(await recordSession(['caso-5', 'bizum', 'caso-8', 'limpieza-join']));
    const five = await writerOf(await recordSession(['caso-5'], fiveMinutes));
    const bare = await writerOf(await recordSession(['caso-5'], windowOnly));
    const sum = await writerOf(await recordSession(['bizum'], sums));
    const wanted = [...correct(good), ...wrong({ good, five, bare, sum }), ...broken(good)];
    const found: HandedIn[] = [];
    for (const [at, { write, ...expected }] of wanted.entries()) {
      const student = students[at];
      if (student === undefined) throw new Error('the class has more hand-ins than students');
      found.push({ ...expected, student, bytes: await write(student) });
    }
    return found;
  } finally {
    for (const writer of writers) await writer.close();
  }
}

const ordered = (writer: HandInWriter, order: Omit<HandInOrder, 'student'>) => (student: HandedIn['student']) =>
  writer.write({ student, ...order });

const fullPoints: Readonly<Record<Activity, number>> = { 'actividad-1': 0.7, 'actividad-2': 2, 'actividad-3': 1 };

const correct = (good: HandInWriter): readonly Wanted[] =>
  [act1, act1, act1, act1, act2, act2, act3, act3, all, all].map((activities) => {
    const points = activities.reduce((total, activity) => total + fullPoints[activity], 0);
    return {
      kind: 'correct',
      what: `${activities.join(', ')}, as it should be`,
      verify: 'whole',
      verdict: 'reproduces',
      points: points,
      told: [],
      write: ordered(good, { activities }),
    };
  });

type Writers = Readonly<Record<'good' | 'five' | 'bare' | 'sum', HandInWriter>>;

const isOf = (cell: string) => (draft: Draft) => draft.cell === cell;
const withCell = (cell: string, source: (before: string) => string) => (notebook: Notebook) => ({
  ...notebook,
  cells: notebook.cells.map((it) => (it.id === cell ? { ...it, source: source(it.source) } : it)),
});

function wrong({ good, five, bare, sum }: Writers): readonly Wanted[] {
  const base = { kind: 'wrong', verify: 'whole', verdict: 'reproduces' } as const;
  const starter = '## Tu justificación\n';
  const unjustified = { unit: 'caso-5', change: withCell('caso5-respuesta', () => starter) } as const;
  const changed = (cell: string, left: number): Wanted => ({
    ...base,
    what: `the code of ${cell} was changed after it ran`,
    verdict: 'differs',
    points: left,
    told: [new RegExp(`^${cell} lote 1: Este lote da otra cosa al ejecutarlo otra vez`, 'm'), /Está, pero no sale/],
    write: ordered(good, {
      activities: act1,
      lastly: { unit: 'caso-5', change: withCell(cell, (code) => code.replace('"3 minutes"', '"4 minutes"')) },
    }),
  });
  const twice = (entry: Wanted): readonly Wanted[] => [entry, entry];
  return [
    ...twice({
      ...base,
      what: 'windows of five minutes',
      points: 0,
      told: [/no coincide con el de la referencia/, /Falta: consola de las ventanas fijas/],
      write: ordered(five, { activities: act1 }),
    }),
    {
      ...base,
      what: 'the capture of the sliding windows is missing',
      points: 0.5,
      told: [/Falta: consola de las ventanas deslizantes/],
      write: ordered(good, { activities: act1, captures: (draft) => !isOf('caso5-tres-dos')(draft) }),
    },
    {
      ...base,
      what: 'the capture of the documents is missing',
      points: 1.6,
      told: [/Falta: consulta de la colección/],
      write: ordered(good, { activities: act2, captures: ({ kind }) => kind !== 'mongo' }),
    },
    ...twice({
      ...base,
      what: 'no justification',
      points: 0.7,
      told: [/Falta: la justificación escrita/],
      write: ordered(good, { activities: act1, lastly: unjustified }),
    }),
    {
      ...base,
      what: 'grouped by window only',
      points: 0,
      told: [/no coincide con el de la referencia/],
      write: ordered(bare, { activities: act1 }),
    },
    {
      ...base,
      what: 'a sum in place of the mean',
      points: 1.2,
      told: [/no coincide con el de la referencia/, /iabd\.bizum no acaba como en la referencia/],
      write: ordered(sum, { activities: act2 }),
    },
    changed('caso5-tres-fija', 0.4),
    changed('caso5-tres-dos', 0.3),
  ];
}

/** Number of the capture by the cell that it shows, in a hand-in that holds them all. */
const captureOf = (forger: Forger, cell: string): string =>
  forger.captures.findLast((it) => it.cell === cell)?.id ?? '';

function broken(good: HandInWriter): readonly Wanted[] {
  const forged =
    (activities: readonly Activity[], forge: (forger: Forger) => Buffer) =>
    async (student: HandedIn['student']): Promise<Buffer> =>
      forge(new Forger(await good.write({ student, activities })));
  const base = { kind: 'broken', verify: 'altered', verdict: 'cannot_run', points: 0.35 } as const;
  const digit = (cell: string, left: number): Wanted => ({
    ...base,
    what: `a digit of a capture of ${cell}, and everything that vouches for it`,
    verify: 'whole',
    verdict: 'differs',
    points: left,
    told: [/^\d\d-consola-\S+ lote \d: La captura no enseña lo que sale/m],
    write: forged(act1, (forger) => forger.evidence(captureOf(forger, cell), withOneDigitChanged).sealed()),
  });
  const twice = (entry: Wanted): readonly Wanted[] => [entry, entry];
  return [
    digit('caso5-tres-fija', 0.7),
    digit('caso5-tres-dos', 0.5),
    {
      ...base,
      what: 'a Kafka record that was read, and everything that vouches for it',
      verify: 'whole',
      verdict: 'differs',
      points: 1.2,
      told: [/^consola lote \d+: Este lote da otra cosa/m, /La captura enseña mensajes que no son los que leyó/],
      write: forged(act2, (forger) => forger.inputs(otherAmount).sealed()),
    },
    {
      ...base,
      what: 'a line that was read, and everything that vouches for it',
      verify: 'whole',
      verdict: 'differs',
      told: [/^caso5-\S+ lote \d: Este lote da otra cosa/m],
      write: forged(act1, (forger) => forger.inputs(otherPhrase).sealed()),
    },
    ...twice({
      ...base,
      what: 'a zip that was cut off',
      verify: 'unreadable',
      verdict: null,
      points: null,
      told: [/zip/i],
      write: async (student) => {
        const bytes = await good.write({ student, activities: act1 });
        return bytes.subarray(0, bytes.length * 0.6);
      },
    }),
    ...twice({
      ...base,
      what: 'a notebook that is no JSON, and a manifest that fits',
      told: [/«caso-5\.ipynb» no es un cuaderno/, /El cuaderno no se puede leer/],
      write: forged(act1, (forger) => forger.file('caso-5.ipynb', '{"cells": [').listed()),
    }),
    ...twice({
      ...base,
      what: 'the record of what was read is missing, and a manifest that fits',
      told: [/Falta en «datos\/entradas\.jsonl» algo que leyó el lote 1 de «caso5-fija»/],
      write: forged(act1, (forger) => forger.file('datos/entradas.jsonl', null).listed()),
    }),
  ];
}

/** The first bizum, of another amount. */
const otherAmount: Parameters<Forger['inputs']>[0] = (item) =>
  item.kind === 'record' && item.offset === 0 && typeof item.value === 'string'
    ? { ...item, value: item.value.replace(/"cantidad": \d+/, '"cantidad": 9999') }
    : item;

const otherPhrase: Parameters<Forger['inputs']>[0] = (item) =>
  item.kind === 'line' && item.text === 'Hola Mundo' ? { ...item, text: 'Hola Marte' } : item;
