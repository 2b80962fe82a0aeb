import type { ServiceCalls } from '../../../engine/api/service-calls.ts';
import { syllabus } from '../../../exercises/catalog.ts';
import type { StoreRows } from '../../grading/replay-outcome.ts';
import { queryMongo } from '../mongo-console.ts';
import { plainJson } from '../plain-json.ts';
import type { ReplayTables } from './replay-tables.ts';

const mostDocuments = 1000;

/** The rows of `database.collection` or `database.table`. A document's row: the text of its values, those within others too, without MongoDB's own id. */
export async function storeRows(name: string, tables: ReplayTables, services: ServiceCalls): Promise<StoreRows | null> {
  const [database = '', ...rest] = name.split('.');
  const inside = rest.join('.');
  if (!isCollection(name)) return tables.rows(database, inside);
  const call = (operation: string, input: unknown): Promise<unknown> =>
    services.call(operation, input, new AbortController().signal);
  const query = { kind: 'find', database, collection: inside, filter: '{}', sort: '', limit: mostDocuments } as const;
  const { documents, error } = await queryMongo(call, query);
  return error !== null || documents.length === 0 ? null : documents.map(documentRow);
}

export const isCollection = (name: string): boolean =>
  syllabus.some(({ services }) => services?.collections.includes(name) === true);

function documentRow(document: Readonly<Record<string, unknown>>): readonly string[] {
  const { _id: id, ...fields } = document;
  const isDrawn = typeof id === 'object' && id !== null && '$oid' in id;
  return leaves(isDrawn ? fields : document);
}

function leaves(value: unknown): readonly string[] {
  const plain = plainJson(value);
  if (typeof plain !== 'object' || plain === null) return [String(plain)];
  return Object.values(plain).flatMap(leaves);
}
