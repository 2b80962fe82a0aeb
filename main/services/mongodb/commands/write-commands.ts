import { decodeDocument, encodeDocument, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { wholeNumber } from '../values/bson-number.ts';
import { commandNamespace, type CommandContext, type CommandTable } from './command-context.ts';
import { MongoError, toMongoError } from '../mongo-error.ts';
import { deleteStatement, insertDocument, updateStatement } from '../update/write-statements.ts';
import { findAndModify } from '../update/find-and-modify.ts';
import { maxBatchStatements } from './handshake-commands.ts';
import { refuseUnsupported } from './unsupported-options.ts';

function insert(context: CommandContext): BsonDocument {
  const namespace = commandNamespace(context);
  const documents =
    context.sequences.get('documents') ??
    listOption(context.command, 'documents', 'insert').map((document) => encodeDocument(document));
  let n = 0;
  const writeErrors = runBatch(context, documents, (bytes) => {
    insertDocument(context, namespace, bytes);
    n += 1;
  });
  return { n, ...reportErrors(writeErrors) };
}

function update(context: CommandContext): BsonDocument {
  const namespace = commandNamespace(context);
  const totals = { n: 0, nModified: 0 };
  const upserted: BsonDocument[] = [];
  const writeErrors = runBatch(context, statements(context, 'updates', 'update'), (statement, index) => {
    refuseUnsupported(statement, ['collation']);
    const result = updateStatement(context, namespace, {
      filter: statement['q'],
      update: statement['u'],
      isMulti: statement['multi'] === true,
      isUpsert: statement['upsert'] === true,
      arrayFilters: statement['arrayFilters'],
    });
    totals.n += result.matched;
    totals.nModified += result.modified;
    if (result.upsertedId !== undefined) upserted.push({ index, _id: result.upsertedId });
  });
  return { ...totals, ...(upserted.length > 0 ? { upserted } : {}), ...reportErrors(writeErrors) };
}

function remove(context: CommandContext): BsonDocument {
  const namespace = commandNamespace(context);
  let n = 0;
  const writeErrors = runBatch(context, statements(context, 'deletes', 'delete'), (statement) => {
    refuseUnsupported(statement, ['collation']);
    const limit = wholeNumber(statement['limit']);
    if (limit !== 0 && limit !== 1)
      throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${String(statement['limit'])}`);
    n += deleteStatement(context, namespace, statement['q'], limit === 1);
  });
  return { n, ...reportErrors(writeErrors) };
}

function statements(context: CommandContext, field: string, name: string): readonly BsonDocument[] {
  return (
    context.sequences.get(field)?.map((bytes) => decodeDocument(bytes)) ?? listOption(context.command, field, name)
  );
}

function listOption(command: BsonDocument, field: string, name: string): readonly BsonDocument[] {
  const list = command[field];
  if (list === undefined) throw new MongoError(40414, `BSON field '${name}.${field}' is missing but a required field`);
  if (!Array.isArray(list) || !list.every(isDocument))
    throw new MongoError(14, `BSON field '${name}.${field}' is the wrong type, expected type 'array'`);
  return list;
}

type WriteError = { readonly index: number; readonly error: MongoError };

/** Runs the statements one after the other; an ordered batch ends at the first that fails. */
function runBatch<Statement>(
  { command }: CommandContext,
  batch: readonly Statement[],
  run: (statement: Statement, index: number) => void,
): readonly WriteError[] {
  if (batch.length === 0 || batch.length > maxBatchStatements)
    throw new MongoError(
      72,
      `Write batch sizes must be between 1 and ${maxBatchStatements}. Got ${batch.length} operations.`,
    );
  const errors: WriteError[] = [];
  for (const [index, statement] of batch.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      errors.push({ index, error: toMongoError(error) });
      if (command['ordered'] !== false) break;
    }
  }
  return errors;
}

function reportErrors(errors: readonly WriteError[]): BsonDocument {
  if (errors.length === 0) return {};
  return {
    writeErrors: errors.map(({ index, error }) => ({
      index,
      code: error.code,
      ...error.details,
      errmsg: error.message,
    })),
  };
}

/** Inserts, updates and deletes. */
export const writeCommands: CommandTable = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
};
