import type { Clock } from '../../../../engine/core/clock.ts';
import { cloneValue, isDocument, type BsonDocument } from '../values/bson-document.ts';
import type { Cursors } from './cursors.ts';
import { namespaceOf, type DocumentStore, type Namespace } from '../storage/document-store.ts';
import type { EvaluationSettings } from '../aggregation/mingo-options.ts';
import { readStored } from '../storage/collection.ts';

/** What a command is run with. */
export type CommandContext = {
  readonly store: DocumentStore;
  readonly cursors: Cursors;
  readonly clock: Clock;
  readonly command: BsonDocument;
  readonly database: string;
  /** Arrays of documents that came beside the command, as bytes. */
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  readonly connection: { readonly id: number; readonly remoteAddress: string };
  readonly server: { readonly startedAt: number; readonly port: number; readonly connections: number };
};

/** Answers with a document (`ok: 1` is added) or with the bytes of one. Refuses with a `MongoError`. */
export type CommandHandler = (context: CommandContext) => BsonDocument | Buffer;

/** By the name that is a command's first field. */
export type CommandTable = Readonly<Record<string, CommandHandler>>;

/** The collection that a command names in its first field. */
export function commandNamespace({ command, database }: CommandContext): Namespace {
  return namespaceOf(database, Object.values(command)[0]);
}

/** Filters and expressions of a command see the collections of its database and the variables of its `let`. */
export function evaluationSettings({ store, database, command }: CommandContext): EvaluationSettings {
  const variables = command['let'];
  return {
    documentsOf: (collection) =>
      [...(store.collection(namespaceOf(database, collection))?.stored() ?? [])].map((stored) =>
        cloneValue(readStored(stored)),
      ),
    variables: isDocument(variables) ? variables : {},
  };
}
