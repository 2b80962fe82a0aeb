import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replayPlan } from '../../../../main/grading/replay-plan.ts';
import { recordedItems } from '../../../../main/grading/recorded-inputs.ts';
import { replayNotebook } from '../../../../main/host/replay/replay-notebook.ts';
import type { BizumBurst } from '../../../../main/host/solution-scenes.ts';
import { VirtualClock } from '../../../../main/host/virtual-clock.ts';
import { verifyChain } from '../../../../main/workspace/event-chain.ts';
import { loggedEvents, type Logged } from '../../../../main/workspace/logged-events.ts';
import { parseNotebook } from '../../../../main/workspace/notebook-file.ts';
import { printedBySolution } from '../../../exercises/replay/printed-by-solution.ts';
import { readSource } from '../../../support/source-files.ts';
import { pythonFiles } from '../../kernel/start-kernel.ts';
import { TestWindow } from '../test-window.ts';

const { bursts } = JSON.parse(readSource('exercises/bizum/solution-bursts.json')) as {
  readonly bursts: readonly BizumBurst[];
};

const stores: Readonly<Record<string, string>> = { bizum: 'iabd.bizum', 'caso-8': 'spark.usuariosNuevos' };
const rowsInStore: Readonly<Record<string, number>> = { bizum: 3, 'caso-8': 2 };

const consoleOf = (events: readonly Logged[], runId: string): string =>
  events.flatMap((event) => (event.kind === 'console' && event.runId === runId ? [event.text] : [])).join('');

test.each(['caso-5', 'caso-8', 'bizum', 'limpieza-join'])(
  'a recorded session of %s, run again from its log and its input alone, shows what it showed',
  async (unit) => {
    const clock = new VirtualClock({ startMs: Date.parse('2026-03-02T09:00:10Z'), skipsIdleTime: true });
    const window = await TestWindow.start({ clock });
    await printedBySolution(unit, window, bursts);
    const notebook = parseNotebook(readFileSync(join(window.dataFolder, window.path), 'utf8'));
    const read = (name: string): string => readFileSync(join(window.dataFolder, name), 'utf8');
    const report = verifyChain(read('.marea-eventos.jsonl'));
    const events = loggedEvents(report.isWhole ? report.events : []);
    const plan = replayPlan(notebook, events);
    const items = recordedItems(read('.marea-entradas.jsonl'));
    const printed = new Map(
      plan.steps.flatMap((it) => (it.kind === 'cell_start' ? [[it.cell, window.printed(it.cell)]] : [])),
    );
    await window.close();

    const asked = stores[unit];
    const outcome = await replayNotebook(
      { unit, plan, items, zone: 'Europe/Madrid', stores: asked === undefined ? [] : [asked], isFollowed: false },
      await pythonFiles(),
      new AbortController().signal,
    );

    if (outcome.state === 'impossible') throw new Error(outcome.reason);
    const recorded = plan.queries.map(({ cell, runId }) => ({ cell, console: consoleOf(events, runId) }));
    expect(recorded.some(({ console }) => console.includes('Batch: 1'))).toBe(true);
    expect(outcome.queries.map(({ cell, console }) => ({ cell, console }))).toEqual(recorded);
    expect(outcome.cells.map(({ cell, text }) => [cell, text])).toEqual([...printed]);
    expect(outcome.stores.map(({ rows }) => rows?.length ?? null)).toEqual(
      asked === undefined ? [] : [rowsInStore[unit]],
    );
  },
  120_000,
);
