import type { DataType } from '../core/data-type.ts';
import type { SparkValue } from '../core/spark-value.ts';

/**
 * A condition on one row that a source may test itself, by its own rules: Spark's `org.apache.spark.sql.sources.Filter`.
 * `column`: a name of the source's schema. Values have the column's type, and are never NULL but in `in`.
 */
export type SourceFilter =
  | {
      readonly kind: 'compare';
      readonly operator: '=' | '<=>' | '<' | '<=' | '>' | '>=';
      readonly column: string;
      readonly type: DataType;
      readonly value: SparkValue;
    }
  | { readonly kind: 'in'; readonly column: string; readonly type: DataType; readonly values: readonly SparkValue[] }
  | { readonly kind: 'text'; readonly test: TextTest; readonly column: string; readonly text: string }
  | { readonly kind: 'is_null' | 'is_not_null'; readonly column: string }
  | { readonly kind: 'and' | 'or'; readonly left: SourceFilter; readonly right: SourceFilter }
  | { readonly kind: 'not'; readonly filter: SourceFilter };

export type TextTest = 'starts_with' | 'ends_with' | 'contains';
