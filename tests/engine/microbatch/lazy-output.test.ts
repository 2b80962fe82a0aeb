import { expect, test } from 'vitest';
import type { BatchOutput } from '../../../engine/api/sink.ts';
import { structType } from '../../../engine/core/data-type.ts';
import { lazyOutput } from '../../../engine/microbatch/lazy-output.ts';

test('rows are worked out when they are first asked for, and once', async () => {
  let opened = 0;
  const output = lazyOutput(structType([]), async () => {
    opened += 1;
    return {
      rowCount: async () => 2,
      rows: async () => [[1], [2]],
      blocks: async function* () {
        yield [[1], [2]];
      },
    } as unknown as BatchOutput;
  });
  expect(output.schema).toEqual(structType([]));
  expect(opened).toBe(0);
  expect(await output.rowCount()).toBe(2);
  expect(await output.rows(2)).toHaveLength(2);
  for await (const block of output.blocks()) expect(block).toHaveLength(2);
  expect(opened).toBe(1);
});
