import { expect, test } from 'vitest';
import { roundRobinSizes } from '../../../../engine/compile/partitions/round-robin.ts';

// `repartition(3)` in Spark 3.5.7.
test.each([
  [
    [5, 5],
    [3, 4, 3],
  ],
  [
    [4, 4, 4, 4, 4],
    [7, 6, 7],
  ],
  [[3], [1, 1, 1]],
  [
    [11, 1],
    [4, 5, 3],
  ],
  [
    [0, 0],
    [0, 0, 0],
  ],
])('partitions of %j rows are dealt out as %j', (inputs, sizes) => {
  expect(roundRobinSizes(inputs, 3)).toEqual(sizes);
});
