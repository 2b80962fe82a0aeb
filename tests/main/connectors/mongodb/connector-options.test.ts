import { expect, test } from 'vitest';
import {
  collectionsOf,
  connectorOptions,
  flagOption,
  integerOption,
  namespaceOf,
  requiredOption,
  type ConnectorOptions,
} from '../../../../main/connectors/mongodb/connector-options.ts';
import { optionsOf } from './mongodb-fixture.ts';

const read = (options: Record<string, string>, confs: Record<string, string> = {}): ConnectorOptions =>
  connectorOptions('read', optionsOf(options), (key) => confs[key]);

test('an option of the frame stands above the settings of the application, and the narrower setting above the wider', () => {
  const confs = { 'spark.mongodb.database': 'todos', 'spark.mongodb.read.database': 'lecturas' };
  expect(read({ database: 'mía' }, confs).get('database')).toBe('mía');
  expect(read({}, confs).get('database')).toBe('lecturas');
  expect(connectorOptions('write', optionsOf({}), (key) => confs[key as keyof typeof confs]).get('database')).toBe(
    'todos',
  );
  expect(read({ 'spark.mongodb.read.database': 'larga', database: 'corta' }).get('database')).toBe('larga');
});

test('the database and collection of a connection string count where none is named beside it', () => {
  const uri = 'mongodb://localhost/iabd.bizums';
  expect(read({ 'connection.uri': uri }).get('collection')).toBe('bizums');
  expect(read({ 'connection.uri': uri, collection: 'otra' }).get('collection')).toBe('otra');
  expect(read({ 'connection.uri': uri }, { 'spark.mongodb.read.collection': 'otra' }).get('collection')).toBe('bizums');
});

test('what is missing or makes no sense is a ConfigException', () => {
  expect(() => requiredOption(read({}), 'database')).toThrow('Missing configuration for: database');
  expect(() => requiredOption(read({ collection: '' }), 'collection')).toThrow('Missing configuration for: collection');
  expect(() => read({ 'connection.uri': 'x' })).toThrow("Invalid connection string: 'x'");
  expect(() => integerOption(read({ sampleSize: 'x' }), 'sampleSize', 1)).toThrow(
    'sampleSize did not contain a valid int, got: x',
  );
  expect(() => flagOption(read({ ordered: 'x' }), 'ordered', true)).toThrow('x is not a boolean string.');
});

test('several collections are named with commas, all of them with a star; a backslash takes either as a letter', () => {
  expect(collectionsOf(read({ collection: 'a,b' }))).toEqual(['a', 'b']);
  expect(collectionsOf(read({ collection: '*' }))).toBeUndefined();
  expect(collectionsOf(read({ collection: String.raw`a\,b\*` }))).toEqual(['a,b*']);
  expect(() => namespaceOf(read({ database: 'd', collection: 'a,b' }), 'by batch queries')).toThrow(
    'The connector is configured to access d.[a, b], which is not supported by batch queries',
  );
  expect(() => namespaceOf(read({ database: 'a b', collection: 'c' }), 'when writing')).toThrow(
    "state should be: databaseName does not contain ' '",
  );
});
