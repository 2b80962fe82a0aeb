import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { syllabus } from '../../exercises/catalog.ts';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { rehearsals, type Scene } from '../../main/host/solution-scenes.ts';
import { VirtualClock } from '../../main/host/virtual-clock.ts';
import { parseNotebook } from '../../main/workspace/notebook-file.ts';
import { TestWindow } from '../main/host/test-window.ts';
import { takeCoursePort } from '../support/course-port.ts';
import { readSource, repository } from '../support/source-files.ts';

type CodeCell = Extract<NotebookCell, { cell_type: 'code' }>;

const notebookOf = (id: string, name: 'starter' | 'solution') =>
  parseNotebook(readSource(`exercises/${id}/${name}.ipynb`));
const codeOf = (cells: readonly NotebookCell[]): readonly CodeCell[] =>
  cells.filter((cell) => cell.cell_type === 'code');
/** It returns only when the query ends, and this one never does. */
const blocksForEver = (cell: CodeCell): boolean => cell.source.includes('.awaitTermination()');

/** Caso 5 may have to wait for its port. */
const timeLimitMs = 180_000;

describe.each(syllabus.map((exercise) => [exercise.id, exercise] as const))('%s', (id, exercise) => {
  let window: TestWindow | undefined;
  let giveBack: (() => void) | undefined;
  afterEach(async () => {
    await window?.close();
    giveBack?.();
    window = undefined;
    giveBack = undefined;
  });

  const openActivity = async (): Promise<TestWindow> => {
    if (id === 'caso-5') giveBack = await takeCoursePort();
    const clock = new VirtualClock({ skipsIdleTime: true });
    window = await TestWindow.start({ clock });
    await window.openActivity(id);
    return window;
  };
  /** Runs the cells in order, and what the learner does between them; answers those that failed. */
  const runAll = async (
    open: TestWindow,
    cells: readonly CodeCell[],
    scenes: readonly Scene[] = [],
  ): Promise<readonly string[]> => {
    const failed: string[] = [];
    for (const cell of cells) {
      const { status } = await open.run(cell.id);
      if (status !== 'ok') failed.push(`${cell.id}: ${open.printed(cell.id)}`);
      for (const scene of scenes) if (scene.after === cell.id) await scene.play(open);
    }
    return failed;
  };

  test(
    'the solution, run cell by cell, passes every check',
    async () => {
      const open = await openActivity();
      const { cells } = notebookOf(id, 'solution');
      await open.write(cells);
      const course = codeOf(cells).filter((cell) => !blocksForEver(cell));
      expect(await runAll(open, course, rehearsals[id])).toEqual([]);
      const { checks } = await open.request('activity.check', { id });
      expect(checks.filter((check) => !check.passed)).toEqual([]);
      expect(checks.map((check) => check.id)).toEqual(exercise.checks.map((check) => check.id));
    },
    timeLimitMs,
  );

  test(
    'the starter runs as it is, passes some check and, without the student’s part, not all of them',
    async () => {
      const open = await openActivity();
      const cells = codeOf(open.cells).filter((cell) => !blocksForEver(cell));
      expect(cells.map((cell) => cell.source)).toEqual(
        codeOf(notebookOf(id, 'starter').cells)
          .filter((cell) => !blocksForEver(cell))
          .map((cell) => cell.source),
      );
      expect(await runAll(open, cells)).toEqual([]);
      await open.run('wait', 'for query in spark.streams.active: query.processAllAvailable()');
      const { checks } = await open.request('activity.check', { id });
      expect(checks.filter((check) => check.passed).map((check) => check.id)).not.toEqual([]);
      expect(checks.filter((check) => !check.passed).map((check) => check.id)).toContain('explicacion');
      const { activities } = await open.request('activity.list', {});
      const { stepsDone = 0, stepsTotal = 0 } = activities.find((activity) => activity.id === id) ?? {};
      expect(stepsDone).toBeLessThan(stepsTotal);
    },
    timeLimitMs,
  );

  test(
    'an activity that was only opened passes no check',
    async () => {
      const open = await openActivity();
      const { checks } = await open.request('activity.check', { id });
      expect(checks.filter((check) => check.passed)).toEqual([]);
      expect(checks.every((check) => check.message.length > 10)).toBe(true);
    },
    timeLimitMs,
  );

  test.each(['starter', 'solution'] as const)('the %s holds nothing but course code', (name) => {
    const code = codeOf(notebookOf(id, name).cells)
      .map((cell) => cell.source)
      .join('\n');
    const modules = [...code.matchAll(/^\s*(?:from|import)\s+([\w.]+)/gm)].map((match) => match[1]?.split('.')[0]);
    expect(modules.filter((module) => module !== 'pyspark' && module !== 'os')).toEqual([]);
    expect(code).not.toMatch(/\bmarea\b|^[%!]/im);
    expect(notebookOf(id, name).cells.flatMap((cell) => ('outputs' in cell ? cell.outputs : []))).toEqual([]);
  });

  test('its statement is protected, the student’s part can be written in but not lost, and the rest is free', () => {
    const isAnswer = (cell: NotebookCell) =>
      cell.id.endsWith('-respuesta') || /^# (Tu turno|Escribe)/.test(cell.source);
    const { cells } = notebookOf(id, 'starter');
    const statement = cells.filter((cell) => cell.cell_type === 'markdown' && !isAnswer(cell));
    expect(statement.map(({ metadata }) => metadata)).toEqual(
      statement.map(() => ({ deletable: false, editable: false })),
    );
    const answers = cells.filter(isAnswer);
    expect(answers.map(({ metadata }) => metadata)).toEqual(answers.map(() => ({ deletable: false })));
    expect([statement.length, answers.length].every((count) => count > 0)).toBe(true);
    expect(codeOf(cells).filter((cell) => !isAnswer(cell) && Object.keys(cell.metadata).length > 0)).toEqual([]);
  });

  test('every step is ticked by checks that exist, and every check ticks a step', () => {
    const known = exercise.checks.map((check) => check.id);
    const used = exercise.steps.flatMap((step) => step.checks);
    expect(exercise.steps.every((step) => step.checks.length > 0)).toBe(true);
    expect([...used].sort()).toEqual([...known].sort());
  });

  test('every input it offers lies in its folder', () => {
    for (const input of exercise.inputs)
      expect(existsSync(join(repository, 'exercises', id, 'input', input.name))).toBe(true);
    expect(exercise.inputs.some((input) => input.folder === exercise.dropFolder && !input.atStart)).toBe(true);
  });
});

/** The block of the course's page, byte by byte. */
const bolsa1 = `{"CreatedTime": "2022-05-09 10:05:00", "Type": "BUY", "Amount": 500, "BrokerCode": "AME"}
{"CreatedTime": "2022-05-09 10:12:00", "Type": "BUY", "Amount": 300, "BrokerCode": "AME"}
{"CreatedTime": "2022-05-09 10:20:00", "Type": "BUY", "Amount": 800, "BrokerCode": "AME"}
{"CreatedTime": "2022-05-09 10:40:00", "Type": "BUY", "Amount": 900, "BrokerCode": "AME"}
{"CreatedTime": "2022-05-09 10:25:00", "Type": "SELL", "Amount": 400, "BrokerCode": "AME"}
{"CreatedTime": "2022-05-09 10:48:00", "Type": "SELL", "Amount": 600, "BrokerCode": "AME"}
{"CreatedTime": "2022-05-09 10:50:00", "Type": "SELL", "Amount": 100, "BrokerCode": "AME"}
`;

test.each(['caso-6', 'caso-7'])('the files of %s are those of the course’s page', (id) => {
  expect(readSource(`exercises/${id}/input/bolsa1.json`)).toBe(bolsa1);
  expect(readSource(`exercises/${id}/input/bolsa2.json`)).toBe(
    '{ "CreatedTime": "2022-05-09 12:50:00", "Type": "BUY", "Amount": 150, "BrokerCode": "AME" }\n',
  );
});
