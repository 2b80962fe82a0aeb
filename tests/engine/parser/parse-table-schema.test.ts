import { expect, test } from 'vitest';
import { typeToJson } from '../../../engine/core/type-json.ts';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';

test('a schema keeps names, nullability and comments, at every depth', () => {
  const schema = parseTableSchema(
    "`a b` INT NOT NULL, c struct<x:int NOT NULL COMMENT 'it\\'s', y:double>, select long, fecha timestamp",
  );
  expect(typeToJson(schema)).toEqual({
    type: 'struct',
    fields: [
      { name: 'a b', type: 'integer', nullable: false, metadata: {} },
      {
        name: 'c',
        type: {
          type: 'struct',
          fields: [
            { name: 'x', type: 'integer', nullable: false, metadata: { comment: "it's" } },
            { name: 'y', type: 'double', nullable: true, metadata: {} },
          ],
        },
        nullable: true,
        metadata: {},
      },
      { name: 'select', type: 'long', nullable: true, metadata: {} },
      { name: 'fecha', type: 'timestamp', nullable: true, metadata: {} },
    ],
  });
});
