import { expect, test } from 'vitest';
import { field, integerType, stringType, structType } from '../../../engine/core/data-type.ts';
import { structValue } from '../../../engine/core/spark-value.ts';
import { partitionFolder } from '../../../engine/sinks/file-writer.ts';

const schema = structType([
  field('pais', stringType),
  field('año', integerType),
  field('s', structType([field('x', stringType)])),
]);

test('partition folders are named as Hive does', () => {
  expect(partitionFolder(['año', 'pais'], [2024, 'A/B'], schema, 'UTC')).toBe('año=2024/pais=A%2FB');
  expect(partitionFolder(['pais'], [null], schema, 'UTC')).toBe('pais=__HIVE_DEFAULT_PARTITION__');
  expect(partitionFolder(['pais'], [''], schema, 'UTC')).toBe('pais=__HIVE_DEFAULT_PARTITION__');
  expect(partitionFolder(['pais', 'pais'], ['ES'], schema, 'UTC')).toBe('pais=ES/pais=ES');
  expect(partitionFolder(['s'], [structValue([null])], schema, 'UTC')).toBe('s=%7Bnull}');
});
