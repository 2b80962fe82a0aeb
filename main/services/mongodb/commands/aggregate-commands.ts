import { isDocument, type BsonDocument } from '../bson-document.ts';
import { commandNamespace, type CommandContext, type CommandTable } from '../command-context.ts';
import { MongoError } from '../mongo-error.ts';
import { runPipeline } from '../run-pipeline.ts';
import { refuseUnsupported } from '../unsupported-options.ts';
import { handshakeCommands } from './handshake-commands.ts';

function aggregate(context: CommandContext): BsonDocument | Buffer {
  const { command, cursors, database } = context;
  refuseUnsupported(command, ['collation']);
  const pipeline = command['pipeline'];
  if (!Array.isArray(pipeline) || !pipeline.every(isDocument))
    throw new MongoError(14, "BSON field 'aggregate.pipeline' is the wrong type, expected type 'array'");
  // `aggregate: 1` works on the database, not on a collection.
  const namespace = command['aggregate'] === 1 ? undefined : commandNamespace(context);
  if (command['explain'] === true) return explained(context);
  if (!isDocument(command['cursor']))
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const documents = runPipeline(context, namespace, pipeline);
  return cursors.start(namespace?.text ?? `${database}.$cmd.aggregate`, documents, {
    batchSize: command['cursor']['batchSize'],
  });
}

/** Every query is a scan of the collection, and says so. */
function explained({ command, database }: CommandContext): BsonDocument {
  const inner = isDocument(command['explain']) ? command['explain'] : command;
  const name = Object.keys(inner)[0] ?? '';
  const collection = inner[name];
  if (typeof collection !== 'string') throw new MongoError(59, `Explain failed due to unknown command: ${name}`);
  const plan = {
    namespace: `${database}.${collection}`,
    parsedQuery: inner['filter'] ?? inner['query'] ?? {},
    winningPlan: { stage: 'COLLSCAN', filter: inner['filter'] ?? inner['query'] ?? {}, direction: 'forward' },
    rejectedPlans: [],
  };
  const serverInfo = handshakeCommands['buildInfo'] === undefined ? {} : { version: '7.0.0' };
  return { explainVersion: '1', queryPlanner: plan, command: inner, serverInfo };
}

/** Pipelines, and plans of any command. */
export const aggregateCommands: CommandTable = { aggregate, explain: explained };
