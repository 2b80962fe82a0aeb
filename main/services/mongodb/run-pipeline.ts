import { Aggregator } from 'mingo/aggregator';
import { cloneValue, encodeDocument, type BsonDocument } from './bson-document.ts';
import { readStored, type StoredDocument } from './collection.ts';
import { evaluationSettings, type CommandContext } from './command-context.ts';
import type { Namespace } from './document-store.ts';
import { translateMingoError } from './mingo-error-texts.ts';
import { mingoOptions } from './mingo-options.ts';

export function runPipeline(context: CommandContext, namespace: Namespace | undefined, pipeline: readonly BsonDocument[]): readonly Buffer[] {
  const stored: Iterable<StoredDocument> = namespace === undefined ? [] : (context.store.collection(namespace)?.stored() ?? []);
  const input = [...stored].map((each) => cloneValue(readStored(each)));
  return translateMingoError(() => new Aggregator([...pipeline], mingoOptions(evaluationSettings(context))).run<BsonDocument>(input)).map(encodeDocument);
}
