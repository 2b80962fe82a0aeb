import { expect, test } from 'vitest';
import { isMysqlUrl, parseJdbcUrl } from '../../../../main/connectors/jdbc/jdbc-url.ts';

const plain = { port: 3306, database: undefined, user: undefined, password: undefined };

test.each([
  ['jdbc:mysql://localhost', { ...plain, host: 'localhost' }],
  ['jdbc:mysql://', { ...plain, host: 'localhost' }],
  ['jdbc:mysql://db.example:3307/spark', { ...plain, host: 'db.example', port: 3307, database: 'spark' }],
  ['jdbc:mysql://[::1]:3306/', { ...plain, host: '::1' }],
  [
    'jdbc:mysql://h/spark?user=ana&password=a%26b',
    { ...plain, host: 'h', database: 'spark', user: 'ana', password: 'a&b' },
  ],
  ['jdbc:mysql://ana:x:y@h', { ...plain, host: 'h', user: 'ana', password: 'x:y' }],
  ['jdbc:oracle:thin:@h', null],
])('%s', (url, address) => expect(parseJdbcUrl(url)).toEqual(address));

test('only MySQL’s own scheme is its driver’s', () => {
  expect(isMysqlUrl('JDBC:MySQL://h')).toBe(true);
  expect(isMysqlUrl('jdbc:mariadb://h')).toBe(false);
});
