import type { DataType, StructType } from '../core/data-type.ts';
import { longType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import { typeFromJson } from '../core/type-json.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { ReadRelation, Relation } from '../plan/relation.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { parseTableName } from '../parser/parse-multipart-name.ts';
import { wireToValue } from './bind-literal.ts';
import { withPlanText } from './binder.ts';
import { newAttribute } from './make-expression.ts';
import { quotedName } from './suggest-names.ts';

const columnsOf = (schema: StructType): readonly Attribute[] =>
  schema.fields.map((field) => ({
    ...newAttribute(field.name, field.type, field.nullable),
    ...(field.metadata ? { metadata: field.metadata } : {}),
  }));

/** `spark.read…load()`, `readStream`, `spark.table`: the session has already opened what is read. */
export function analyzeRead(read: ReadRelation, context: AnalysisContext): AnalyzedRelation {
  if (read.named_table) return analyzeTable(read.named_table.unparsed_identifier, read.is_streaming ?? false, context);
  const { sourceKey, schema, isStreaming, format, description } = context.loadedSource(read);
  return { kind: 'source', sourceKey, format, description, output: columnsOf(schema), isStreaming, planIds: [] };
}

/** A view or table under its own name as qualifier; attribute ids are the view's, joins make them new where needed. */
function analyzeTable(identifier: string, isStreaming: boolean, context: AnalysisContext): AnalyzedRelation {
  const parts = parseTableName(identifier);
  const plan = context.table(parts, isStreaming);
  if (plan && isStreaming && !plan.isStreaming && context.isView(parts))
    throw sparkError('_LEGACY_ERROR_TEMP_1008', { quoted: parts.join('.') });
  if (!plan)
    throw withPlanText(
      sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: quotedName(parts) }),
      () => `'UnresolvedRelation [${parts.join(', ')}], [], false\n`,
    );
  return aliased(plan, parts[parts.length - 1] ?? identifier);
}

export const aliased = (input: AnalyzedRelation, alias: string): AnalyzedRelation => ({
  kind: 'subquery_alias',
  input,
  alias,
  output: input.output.map((attribute) => ({ ...attribute, qualifier: [alias] })),
  isStreaming: input.isStreaming,
  planIds: [],
});

type LocalRelation = Extract<Relation, { kind: 'local_relation' }>;

export function analyzeLocal(relation: LocalRelation): AnalyzedRelation {
  const schema = typeFromJson(relation.schema);
  const fields = schema.kind === 'struct' ? schema.fields : [{ name: 'value', type: schema, nullable: true }];
  const rows = relation.rows.map((row) => fields.map((field, index) => wireToValue(row[index] ?? null, field.type)));
  const partitionSizes = relation.partition_sizes;
  return {
    kind: 'local_rows',
    rows,
    ...(partitionSizes ? { partitionSizes } : {}),
    output: columnsOf({ kind: 'struct', fields }),
    isStreaming: false,
    planIds: [],
  };
}

/** One row without columns: `SELECT 1`. */
export const oneRow = (): AnalyzedRelation => ({
  kind: 'local_rows',
  rows: [[]],
  output: [],
  isStreaming: false,
  planIds: [],
});

type RangeRelation = Extract<Relation, { kind: 'range' }>;

export function analyzeRange(relation: RangeRelation): AnalyzedRelation {
  const { start, end, step, num_partitions: partitions } = relation;
  return {
    kind: 'range',
    start,
    end,
    step,
    ...(partitions === undefined ? {} : { partitions }),
    output: [newAttribute('id', longType, false)],
    isStreaming: false,
    planIds: [],
  };
}

export function analyzeCached(relationId: string, context: AnalysisContext): AnalyzedRelation {
  const frame = context.cachedFrame(relationId);
  if (!frame) throw sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: backQuoted(relationId) });
  return frame;
}

/** The schema of a frame, with the metadata Spark keeps: `spark.watermarkDelayMs` on a watermarked column. */
export const schemaOf = (plan: AnalyzedRelation): StructType => ({
  kind: 'struct',
  fields: plan.output.map((attribute) => {
    const metadata = {
      ...attribute.metadata,
      ...(attribute.watermarkDelayMs === undefined ? {} : { 'spark.watermarkDelayMs': attribute.watermarkDelayMs }),
    };
    const type: DataType = attribute.type;
    return {
      name: attribute.name,
      type,
      nullable: attribute.nullable,
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    };
  }),
});
