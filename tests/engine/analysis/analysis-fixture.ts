import { typeToJson } from '../../../engine/core/type-json.ts';
import type { DataType, StructType } from '../../../engine/core/data-type.ts';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';
import { AnalysisCache } from '../../../engine/analysis/analysis-cache.ts';
import type { AnalysisContext, RegisteredFunction } from '../../../engine/analysis/analysis-context.ts';
import { analyze } from '../../../engine/analysis/analyze.ts';
import { simpleString } from '../../../engine/core/type-names.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import type { Expression, Literal } from '../../../engine/plan/expression.ts';
import type { AggregateRelation, ReadRelation, Relation } from '../../../engine/plan/relation.ts';
import type { WireValue } from '../../../engine/core/wire-values.ts';

/** A small session: frames get plan ids as Python gives them, views keep analyzed plans, sources are named by their path. */
export class AnalysisFixture {
  readonly context: AnalysisContext;
  readonly confs = new Map<string, string>();
  private readonly views = new Map<string, AnalyzedRelation>();
  readonly functions = new Map<string, RegisteredFunction>();
  private lastPlanId = 0;
  private readonly sources = new Map<
    string,
    { readonly key: number; readonly schema: StructType; readonly streaming: boolean }
  >();
  readonly pivots = new Map<string, readonly Literal[]>();

  constructor(options: { readonly ansi?: boolean } = {}) {
    this.context = {
      caseSensitive: false,
      ansi: options.ansi ?? false,
      zone: 'Europe/Madrid',
      conf: (key) => this.confs.get(key),
      loadedSource: (read) => this.loaded(read),
      table: (parts) => this.views.get(parts.join('.').toLowerCase()),
      isView: (parts) => this.views.has(parts.join('.').toLowerCase()),
      cachedFrame: () => undefined,
      pythonFunction: (name) => this.functions.get(name.toLowerCase()),
      pivotValues: (aggregate: AggregateRelation) => this.pivots.get(JSON.stringify(aggregate.pivot?.col)),
      defaultParallelism: 1,
      cache: new AnalysisCache(),
    };
  }

  private loaded(read: ReadRelation): ReturnType<AnalysisContext['loadedSource']> {
    const path = read.data_source?.paths?.[0] ?? '';
    const source = this.sources.get(path);
    if (!source) throw new Error(`no source ${path}`);
    return {
      sourceKey: source.key,
      schema: source.schema,
      isStreaming: source.streaming,
      format: 'json',
      description: `FileSource[${path}]`,
    };
  }

  /** A relation as Python sends it after a transformation: analyzed at once, with its own plan id. */
  frame(relation: Relation): Relation & { readonly plan_id: number } {
    const plan_id = (this.lastPlanId += 1);
    const frame = { ...relation, plan_id };
    analyze(frame, this.context);
    return frame;
  }

  /** A frame with no rows. `ddl`: `a INT, b STRING`. */
  table(ddl: string, rows: readonly (readonly WireValue[])[] = []): Relation & { readonly plan_id: number } {
    return this.frame({ kind: 'local_relation', schema: ddlSchema(ddl), rows });
  }

  /** A stream of files. */
  stream(ddl: string, path = `in${this.sources.size}`): Relation & { readonly plan_id: number } {
    this.sources.set(path, { key: this.sources.size, schema: structOf(ddl), streaming: true });
    return this.frame({
      kind: 'read',
      is_streaming: true,
      data_source: { format: 'json', options: {}, paths: [path] },
    });
  }

  sqlFrame(query: string): Relation & { readonly plan_id: number } {
    return this.frame({ kind: 'sql', query });
  }

  view(name: string, relation: Relation): void {
    this.views.set(name.toLowerCase(), analyze(relation, this.context));
  }

  analyze(relation: Relation): AnalyzedRelation {
    return analyze(relation, this.context);
  }

  sql(query: string): AnalyzedRelation {
    return analyze({ kind: 'sql', query }, this.context);
  }
}

export const structOf = (ddl: string): StructType => parseTableSchema(ddl);

const ddlSchema = (ddl: string): Extract<Relation, { kind: 'local_relation' }>['schema'] => ({
  type: 'struct',
  fields: structOf(ddl).fields.map((f) => ({ name: f.name, type: jsonOf(f.type), nullable: f.nullable })),
});

const jsonOf = (type: DataType): ReturnType<typeof typeToJson> => typeToJson(type);

/** `name type` of every column, with `!` where it cannot be NULL. */
export const columnsOf = (plan: AnalyzedRelation): readonly string[] =>
  plan.output.map((attribute) => `${attribute.name} ${simpleString(attribute.type)}${attribute.nullable ? '' : '!'}`);
export const namesOf = (plan: AnalyzedRelation): readonly string[] => plan.output.map((attribute) => attribute.name);

export const col = (name: string, frame?: { readonly plan_id: number }): Expression => ({
  kind: 'unresolved_attribute',
  unparsed_identifier: name,
  ...(frame ? { plan_id: frame.plan_id } : {}),
});
export const expr = (text: string): Expression => ({ kind: 'expression_string', expression: text });
export const call = (name: string, ...args: readonly Expression[]): Expression => ({
  kind: 'unresolved_function',
  function_name: name,
  arguments: args,
});
export const text = (value: string): Literal => ({ kind: 'literal', data_type: 'string', value });
export const int = (value: number): Literal => ({ kind: 'literal', data_type: 'integer', value });
export const alias = (expression: Expression, ...name: readonly string[]): Extract<Expression, { kind: 'alias' }> => ({
  kind: 'alias',
  expr: expression,
  name,
});
export const select = (input: Relation, ...expressions: readonly Expression[]): Relation => ({
  kind: 'project',
  input,
  expressions,
});

/** The message of what the function throws; fails when it does not. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was thrown');
}
export const firstLine = (run: () => unknown): string => messageOf(run).split('\n')[0] ?? '';
