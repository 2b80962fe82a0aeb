import { expect, test } from 'vitest';
import { bindValues } from '../../../../main/connectors/jdbc/bind-values.ts';

test('each value is written in the place of its question mark', () => {
  expect(bindValues('INSERT INTO t VALUES (?,?,?,?)', [1, 5n, null, 'a'])).toBe("INSERT INTO t VALUES (1,5,NULL,'a')");
  expect(bindValues('SELECT ?', [new Uint8Array([0, 255])])).toBe("SELECT x'00ff'");
});

test('question marks in quotes and comments stay', () => {
  const text = 'SELECT \'?\', "it\\"s ?", `a?` /* ? */ -- ?\n, ? # ?';
  expect(bindValues(text, [7])).toBe('SELECT \'?\', "it\\"s ?", `a?` /* ? */ -- ?\n, 7 # ?');
});

test('no value can end its own quotes', () => {
  expect(bindValues('SELECT ?', ["it's \\ \0"])).toBe("SELECT 'it\\'s \\\\ \\0'");
});
