import type { BsonDocument } from '../values/bson-document.ts';
import type { CommandContext, CommandHandler } from './command-context.ts';
import { aggregateCommands } from './aggregate-commands.ts';
import { collectionCommands } from './collection-commands.ts';
import { handshakeCommands } from './handshake-commands.ts';
import { indexCommands } from './index-commands.ts';
import { readCommands } from './read-commands.ts';
import { writeCommands } from './write-commands.ts';
import { MongoError, toMongoError } from '../mongo-error.ts';

/** Every command there is. Old drivers write some names in lower case, so names are looked up without case. */
const commands: ReadonlyMap<string, CommandHandler> = new Map(
  [handshakeCommands, readCommands, writeCommands, aggregateCommands, collectionCommands, indexCommands]
    .flatMap((table) => Object.entries(table))
    .map(([name, handler]) => [name.toLowerCase(), handler]),
);

/** Runs a command; a refusal becomes the answer that MongoDB would give. */
export function runCommand(context: CommandContext): BsonDocument | Buffer {
  try {
    const { command } = context;
    const name = Object.keys(command)[0] ?? '';
    const handler = commands.get(name.toLowerCase());
    if (handler === undefined) throw new MongoError(59, `no such command: '${name}'`);
    refuseTransactions(command);
    return handler(context);
  } catch (error) {
    const { code, codeName, message, details } = toMongoError(error);
    return { ok: 0, errmsg: message, code, codeName, ...details };
  }
}

/** Otherwise the writes of a transaction would be done at once, and only its end would fail. */
function refuseTransactions(command: BsonDocument): void {
  if ('startTransaction' in command || 'autocommit' in command || 'txnNumber' in command)
    throw new MongoError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}
