import { RelationalError } from '../../../../engine/api/relational-client.ts';
import { manyRows, notSupported, numberOutOfRange } from '../relational-errors.ts';

const mark = 'MARIADB_ERROR ';
const close = ' END_OF_ERROR';

/** What `error(…)` in DuckDB must say so that `translateFailure` makes the same error of it again. */
export const raisedText = (error: RelationalError): string =>
  `${mark}${JSON.stringify([error.errno, error.sqlState, error.message])}${close}`;

/** An error of DuckDB as MariaDB would have put it; one that is none of MariaDB's is a defect of ours and stays as it is. */
export function translateFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RelationalError) return error;
  const start = error.message.indexOf(mark);
  const end = error.message.indexOf(close);
  if (start >= 0 && end > start) {
    const [errno, sqlState, message] = JSON.parse(error.message.slice(start + mark.length, end)) as [
      number,
      string,
      string,
    ];
    return new RelationalError(errno, sqlState, message);
  }
  if (error.message.includes('More than one row returned by a subquery')) return manyRows();
  if (/Out of Range Error|out of range for the destination type|Overflow in/.test(error.message)) {
    return numberOutOfRange('DECIMAL', 'expression');
  }
  const missing = /Not implemented Error: ([^\n]*)/.exec(error.message)?.[1];
  return missing === undefined ? error : notSupported(missing);
}

/** Whether DuckDB lacks a table or column that the catalogue still had when the statement was compiled. */
export const isStale = (error: unknown): boolean =>
  error instanceof Error &&
  /(?:Catalog|Binder) Error|Table .* does not exist|has been (?:dropped|altered)/.test(error.message);
