import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';
import { RecordingPort } from './recording-port.ts';
import { startKernel, type TestKernel } from './start-kernel.ts';

const start = Date.parse('2026-03-02T08:00:00Z');
const minute = 60_000;

let clock: VirtualClock;
let python: TestKernel;
beforeAll(async () => {
  // A millisecond may pass before it stands still.
  do {
    clock = new VirtualClock({ startMs: start });
    clock.pause();
  } while (clock.now() !== start);
  python = await startKernel({ commands: new RecordingPort(), clock }, { TZ: 'Europe/Madrid' });
  await python.run('import asyncio, datetime, pickle, random, time');
});
afterAll(() => python.kernel.shutdown());

/** Resolves at the first output of the cell that has just been sent. */
const begun = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = python.kernel.on((event) => {
      if (event.kind !== 'stream') return;
      stop();
      resolve();
    });
  });

describe('what time it is', () => {
  test.each([
    ['time.time()', `${start / 1000}.0`],
    ['time.time_ns()', `${start}000000`],
    ['time.ctime()', "'Mon Mar  2 09:00:00 2026'"],
    ['time.strftime("%Y-%m-%d %H:%M:%S")', "'2026-03-02 09:00:00'"],
    ['time.localtime()[:6]', '(2026, 3, 2, 9, 0, 0)'],
    ['time.gmtime()[:6]', '(2026, 3, 2, 8, 0, 0)'],
    ['datetime.datetime.now()', 'datetime.datetime(2026, 3, 2, 9, 0)'],
    ['datetime.datetime.now(datetime.timezone.utc).isoformat()', "'2026-03-02T08:00:00+00:00'"],
    ['datetime.datetime.today()', 'datetime.datetime(2026, 3, 2, 9, 0)'],
    ['datetime.date.today()', 'datetime.date(2026, 3, 2)'],
  ])('%s follows the clock', async (expression, expected) => {
    expect(await python.run(expression)).toBe(expected);
  });

  test('datetime stays CPython’s class, for subclasses and pickles too', async () => {
    const source = `class Fecha(datetime.datetime): pass
isinstance(Fecha.now(), datetime.datetime), Fecha.now().year, pickle.loads(pickle.dumps(datetime.datetime.now())).hour`;
    expect(await python.run(source)).toBe('(True, 2026, 9)');
  });

  test('a program asks as often as it likes: no question goes to the host', async () => {
    const spent = await python.run(`from time import process_time as cpu
inicio = cpu()
for _ in range(10_000): time.time()
cpu() - inicio`);
    // A round trip takes 75 µs, which would be 0.75 s.
    expect(Number(spent)).toBeLessThan(0.3);
  });
});

describe('waiting', () => {
  test('time.sleep waits for the clock and ends as soon as it is moved; durations agree', async () => {
    const started = begun();
    const output = python.run(`print("ya", flush=True)
t, m, p = time.time(), time.monotonic(), time.perf_counter()
time.sleep(90)
time.time() - t, round(time.monotonic() - m, 3), round(time.perf_counter() - p, 3)`);
    await started;
    while (clock.state().nextMs === null) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(2 * minute);
    expect(await output).toBe('ya\n(90.0, 90.0, 90.0)');
  });

  test('each sleep of a loop ends at its own time when the clock is moved at once past all of them', async () => {
    const from = clock.now();
    const started = begun();
    const output = python.run(`print("ya", flush=True)
horas = []
for _ in range(3):
    time.sleep(10)
    horas.append(time.time_ns() // 10**6 - ${from})
horas`);
    await started;
    while (clock.state().nextMs === null) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(minute);
    expect(await output).toBe('ya\n[10000, 20000, 30000]');
  });

  test('a top-level await of asyncio.sleep follows the clock', async () => {
    const started = begun();
    const output = python.run('print("ya", flush=True)\nawait asyncio.sleep(45)\n"despierta"');
    await started;
    while (clock.state().nextMs === null) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(minute);
    expect(await output).toBe("ya\n'despierta'");
  });

  test('Stop ends a sleep of a paused clock', async () => {
    const started = begun();
    const reply = python.kernel.execute('cell', 'print("ya", flush=True)\ntime.sleep(600)');
    await started;
    python.kernel.interrupt();
    expect((await reply).error?.ename).toBe('KeyboardInterrupt');
    expect(clock.state().nextMs).toBeNull();
  });

  test('%timeit measures real time, so it ends on a paused clock', async () => {
    expect(await python.run('%timeit sum(range(100))')).toContain('per loop');
  });
});

test('with the machine’s clock nothing of Python is replaced', async () => {
  const plain = await startKernel();
  expect(await plain.run('import time\ntime.monotonic, time.time')).toBe(
    '(<built-in function monotonic>, <built-in function time>)',
  );
  const [before, told, after] = [Date.now(), Number(await plain.run('time.time_ns() // 10**6')), Date.now()];
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(after);
  await plain.kernel.shutdown();
});
