import { expect, test } from 'vitest';
import { splitStatements } from '../../../../main/services/relational/syntax/split-statements.ts';

test('a script falls into its statements, each with the line where it begins', () => {
  const script = `-- la base de datos
CREATE DATABASE \`a;b\`;

/* una
   tabla */ CREATE TABLE t (v VARCHAR(9) COMMENT 'x;y' -- fin; de línea
); # nada más;
INSERT INTO t VALUES ('it''s; \\' "');SELECT "a;""b";
`;
  expect(splitStatements(script)).toEqual([
    { text: 'CREATE DATABASE `a;b`', line: 2 },
    { text: "CREATE TABLE t (v VARCHAR(9) COMMENT 'x;y' -- fin; de línea\n)", line: 5 },
    { text: "INSERT INTO t VALUES ('it''s; \\' \"')", line: 7 },
    { text: 'SELECT "a;""b"', line: 7 },
  ]);
});

test('comments, blank lines and lone semicolons are no statements', () => {
  expect(splitStatements(' ;; -- nada\n /* nada */ ;\n')).toEqual([]);
});

test('a conditional comment is part of its statement', () => {
  expect(splitStatements('/*!40101 SET NAMES utf8 */;')).toEqual([{ text: '/*!40101 SET NAMES utf8 */', line: 1 }]);
});

test('a quote that never ends takes the rest of the script', () => {
  expect(splitStatements("SELECT 1; SELECT 'a; SELECT 2;")).toEqual([
    { text: 'SELECT 1', line: 1 },
    { text: "SELECT 'a; SELECT 2;", line: 1 },
  ]);
});
