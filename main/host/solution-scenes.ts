import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeadlessWindow } from './headless-window.ts';

/** What the learner does beside the cells: `after` names the cell behind which it happens. */
export type Scene = { readonly after: string; readonly play: (window: HeadlessWindow) => Promise<void> };

/** Waits until every query has read what there is; failed ones are not waited for. */
export const settled = async (window: HeadlessWindow): Promise<void> => {
  await window.run('rehearsal', 'for query in spark.streams.active: query.processAllAvailable()');
};

/** Types lines into netcat and waits until every query has read more than before: they travel over a socket. */
const type = async (window: HeadlessWindow, text: string): Promise<void> => {
  await window.request('lines.send', { port: 9999, text });
  await window.run('rehearsal', untilRead);
};
const untilRead = `import time
seen = globals().get('seen', {})
for _ in range(2000):
    read = {q.runId: sum(p["numInputRows"] for p in q.recentProgress) for q in spark.streams.active}
    if read and all(rows > seen.get(run, 0) for run, rows in read.items()): break
    time.sleep(0.05)
seen = read
for query in spark.streams.active: query.processAllAvailable()`;

/** All in one request, so that no query finds some of them without the others. */
const send = async (window: HeadlessWindow, topic: string, values: readonly string[]): Promise<void> => {
  await window.request('kafka.produce', { topic, records: values.map((value) => ({ key: null, value })) });
  await settled(window);
};

const sql = async (window: HeadlessWindow, script: string): Promise<void> => {
  const { results } = await window.request('sql.run', { script });
  const failed = results.find((result) => result.error !== null);
  if (failed) throw new Error(failed.error ?? '');
};

const drop = async (window: HeadlessWindow, path: string, text: string): Promise<void> => {
  await window.request('files.write', { path, text, overwrite: false });
  await settled(window);
};

const login = (id: number, time: string): string => JSON.stringify({ login_id: String(id), login_time: time });

/** Windows are cut by the minute: early in one, half a minute more or less of a slow machine leaves every line in its window. */
const untilEarlyInMinute = (window: HeadlessWindow): Promise<void> =>
  window.pass((earlyMs - (window.nowMs() % minuteMs) + minuteMs) % minuteMs);
const [minuteMs, earlyMs] = [60_000, 10_000];

const phrases = async (window: HeadlessWindow): Promise<void> => {
  await untilEarlyInMinute(window);
  // A line that is sent before the query has connected is lost, as with `nc`.
  await settled(window);
  await type(window, 'Hola Mundo\nHola desde el Severo');
  await window.pass(180_000);
  await type(window, 'Severo Ochoa y el Mundo');
  await window.pass(120_000);
  await type(window, 'Segunda ventana Ochoa');
};

/** Units whose windows are cut by the time at which lines arrive. */
export const timedByArrival: ReadonlySet<string> = new Set(['caso-5']);

/** By exercise. What is not here needs nothing but its cells. */
export const rehearsals: Readonly<Record<string, readonly Scene[]>> = {
  'caso-5': [
    { after: 'caso5-sesion', play: async (window) => void (await window.request('lines.open', { port: 9999 })) },
    { after: 'caso5-fija', play: phrases },
    { after: 'caso5-deslizante', play: phrases },
    { after: 'caso5-tres-fija', play: phrases },
    { after: 'caso5-tres-dos', play: phrases },
    {
      after: 'caso5-tres-dos',
      play: async (window) =>
        void (await window.request('activity.answer', { id: 'caso-5', question: 'primer-mensaje', chosen: ['tres'] })),
    },
  ],
  'caso-8': [
    {
      after: 'caso8-consola',
      play: async (window) => {
        // Its first batch finds an empty topic, or some of these logins: not to be left to chance.
        await settled(window);
        await send(window, 'usuariosk', [login(1, '2022-05-17 12:15:00'), login(5, '2022-05-20 12:15:00')]);
        await sql(window, "UPDATE spark.usuarios SET nombre = 'Pedro Casas López' WHERE id = 2");
        await send(window, 'usuariosk', [login(2, '2022-05-19 12:15:00')]);
      },
    },
    { after: 'caso8-guardar', play: settled },
  ],
  bizum: [
    {
      after: 'bizum-sesion',
      play: async (window) => {
        await window.request('producer.start', { path: 'bizum/bizum-kafka.py' });
        await window.hears('producer.changed', ({ sent }) => sent >= 20);
        await window.request('producer.stop', {});
      },
    },
    { after: 'bizum-consola', play: settled },
    {
      after: 'bizum-directo',
      play: async (window) => {
        await window.hears('query.event', ({ event }) => event.kind === 'query_terminated' && event.error !== null);
      },
    },
    { after: 'bizum-mongo', play: settled },
  ],
  'limpieza-join': [
    {
      after: 'limpieza-append',
      play: async (window) => {
        await settled(window);
        await send(window, 'usuariosk-limpieza', [
          login(1, '2022-05-17 12:05:00'),
          login(2, '2022-05-17 12:10:00'),
          login(1, '2022-05-17 12:20:00'),
        ]);
        await send(window, 'usuariosk-limpieza', [login(3, '2022-05-17 13:30:00')]);
      },
    },
    {
      after: 'limpieza-clicks',
      play: async (window) => {
        const folder = 'limpieza-join';
        for (const round of [1, 2])
          for (const stream of ['impresiones', 'clicks'])
            await drop(
              window,
              `${folder}/${stream}/${stream}${round}.json`,
              await readFile(join(window.materialFolder, folder, 'input', `${stream}${round}.json`), 'utf8'),
            );
      },
    },
  ],
};

/** Messages that `bizum-kafka.py` sent together, and how long after the ones before. */
export type BizumBurst = { readonly afterSeconds: number; readonly values: readonly string[] };

/** The Bizum unit with recorded messages of the producer in place of the producer. */
export function bizumFeed(bursts: readonly BizumBurst[]): readonly Scene[] {
  return [
    {
      after: 'bizum-consola',
      play: async (window) => {
        for (const { afterSeconds, values } of bursts) {
          await window.pass(afterSeconds * 1000);
          await send(window, 'iabd-bizum', values);
        }
      },
    },
    {
      after: 'bizum-directo',
      play: async (window) => {
        await window.hears('query.event', ({ event }) => event.kind === 'query_terminated' && event.error !== null);
      },
    },
  ];
}
