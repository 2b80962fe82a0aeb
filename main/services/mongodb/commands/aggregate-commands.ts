import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { wholeNumber } from '../values/bson-number.ts';
import { commandNamespace, type CommandContext, type CommandTable } from './command-context.ts';
import { MongoError } from '../mongo-error.ts';
import { runPipeline } from '../aggregation/run-pipeline.ts';
import { refuseUnsupported } from './unsupported-options.ts';
import { serverVersion } from './handshake-commands.ts';

function aggregate(context: CommandContext): BsonDocument | Buffer {
  const { command, cursors, database } = context;
  refuseUnsupported(command, ['collation']);
  const pipeline = command['pipeline'];
  if (!Array.isArray(pipeline) || !pipeline.every(isDocument))
    throw new MongoError(14, "BSON field 'aggregate.pipeline' is the wrong type, expected type 'array'");
  // `aggregate: 1` works on the database, not on a collection.
  const namespace = wholeNumber(command['aggregate']) === 1 ? undefined : commandNamespace(context);
  if (command['explain'] === true) return explain(context);
  if (!isDocument(command['cursor']))
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const documents = runPipeline(context, namespace, pipeline);
  return cursors.start(namespace?.text ?? `${database}.$cmd.aggregate`, documents, {
    batchSize: command['cursor']['batchSize'],
  });
}

/** The plan of a command: every query is a scan of its collection, and says so. */
function explain({ command, database }: CommandContext): BsonDocument {
  const explained = isDocument(command['explain']) ? command['explain'] : command;
  const [name, collection] = Object.entries(explained)[0] ?? [];
  if (name === undefined || typeof collection !== 'string')
    throw new MongoError(59, `Explain failed due to unknown command: ${name ?? ''}`);
  const filter = explained['filter'] ?? explained['query'] ?? {};
  return {
    explainVersion: '1',
    queryPlanner: {
      namespace: `${database}.${collection}`,
      parsedQuery: filter,
      winningPlan: { stage: 'COLLSCAN', filter, direction: 'forward' },
      rejectedPlans: [],
    },
    command: explained,
    serverInfo: { version: serverVersion },
  };
}

/** Pipelines, and plans of any command. */
export const aggregateCommands: CommandTable = { aggregate, explain };
