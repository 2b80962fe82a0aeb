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
  ['jdbc:mysql://one:3307,two:3308/spark', { ...plain, host: 'one', port: 3307, database: 'spark' }],
])('%s', (url, address) => expect(parseJdbcUrl(url).address).toEqual(address));

test('properties are found whatever their letters', () => {
  const { properties } = parseJdbcUrl('jdbc:mysql://h?serverTimezone=UTC&TinyInt1isBit=false');
  expect([properties.get('servertimezone'), properties.get('tinyint1isbit')]).toEqual(['UTC', 'false']);
});

test('a port that is no number is named', () =>
  expect(() => parseJdbcUrl('jdbc:mysql://localhost:puerto')).toThrow(
    "Failed to parse the host:port pair 'localhost:puerto'.",
  ));

test('only MySQL’s own scheme is its driver’s', () => {
  expect(isMysqlUrl('JDBC:MySQL://h')).toBe(true);
  expect(isMysqlUrl('jdbc:mariadb://h')).toBe(false);
  expect(isMysqlUrl('jdbc:mysql:h')).toBe(false);
});
