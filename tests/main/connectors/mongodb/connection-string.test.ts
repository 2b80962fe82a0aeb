import { expect, test } from 'vitest';
import {
  driverConnectionString,
  parseConnectionString,
} from '../../../../main/connectors/mongodb/connection-string.ts';

test('a connection string names servers, database, collection and options; the port is 27017 unless written', () => {
  expect(parseConnectionString('mongodb://u:p%40s@uno,dos:27018/iabd.bizums?w=1&retryWrites=true')).toEqual({
    scheme: 'mongodb://',
    credentials: 'u:p%40s',
    hosts: ['uno:27017', 'dos:27018'],
    database: 'iabd',
    collection: 'bizums',
    options: [
      ['w', '1'],
      ['retryWrites', 'true'],
    ],
  });
});

test('the driver gets neither the collection nor options that only one of the two drivers knows', () => {
  const text = 'mongodb://localhost/iabd.bizums?inventada=1&serverSelectionTimeoutMS=500';
  expect(driverConnectionString(parseConnectionString(text))).toBe(
    'mongodb://localhost:27017/iabd?serverSelectionTimeoutMS=500',
  );
});

test.each([
  ['localhost:27017', "Connection strings must start with either 'mongodb://' or 'mongodb+srv://"],
  ['mongodb://', "contains an empty host '[]'. "],
  ['mongodb://localhost:999999', 'The port must be an integer between 0 and 65535.'],
  ['mongodb://localhost:abc', 'The port contains non-digit characters'],
  ['mongodb://a@b:c@localhost', 'invalid user information'],
  ['mongodb+srv://localhost:27017', 'Host for when using mongodb+srv protocol can not contain a port'],
  ['mongodb://x/?connectTimeoutMS=abc', "invalid value for 'connecttimeoutms'. 'abc' is not a valid integer"],
])('%s is refused in the words of the Java driver', (text, message) => {
  expect(() => parseConnectionString(text)).toThrow(message);
});
