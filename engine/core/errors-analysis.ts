import type { ErrorRow } from './error-row.ts';
import { legacyAnalysisErrors } from './errors-analysis-legacy.ts';
import { typeErrors } from './errors-types.ts';

/** Errors of analysis: names, functions, grouping, streaming support. Texts of Spark 3.5.7, pinned by the recordings in tests/conformance. */
export const analysisErrors = {
  ...typeErrors,
  ...legacyAnalysisErrors,
  'UNRESOLVED_COLUMN.WITH_SUGGESTION': {
    class: 'AnalysisException',
    sqlState: '42703',
    message: (p: { objectName: string; proposal: string }) =>
      `A column or function parameter with name ${p.objectName} cannot be resolved. Did you mean one of the following? [${p.proposal}].`,
  },
  'UNRESOLVED_COLUMN.WITHOUT_SUGGESTION': {
    class: 'AnalysisException',
    sqlState: '42703',
    message: (p: { objectName: string }) =>
      `A column or function parameter with name ${p.objectName} cannot be resolved. `,
  },
  'UNRESOLVED_MAP_KEY.WITHOUT_SUGGESTION': {
    class: 'AnalysisException',
    sqlState: '42703',
    message: (p: { objectName: string }) =>
      `Cannot resolve column ${p.objectName} as a map key. If the key is a string literal, add the single quotes '' around it. `,
  },
  AMBIGUOUS_REFERENCE: {
    class: 'AnalysisException',
    sqlState: '42704',
    message: (p: { name: string; referenceNames: string }) =>
      `Reference ${p.name} is ambiguous, could be: ${p.referenceNames}.`,
  },
  AMBIGUOUS_REFERENCE_TO_FIELDS: {
    class: 'AnalysisException',
    sqlState: '42000',
    message: (p: { field: string; count: string }) =>
      `Ambiguous reference to the field ${p.field}. It appears ${p.count} times in the schema.`,
  },
  AMBIGUOUS_LATERAL_COLUMN_ALIAS: {
    class: 'AnalysisException',
    sqlState: '42702',
    message: (p: { name: string; n: string }) => `Lateral column alias ${p.name} is ambiguous and has ${p.n} matches.`,
  },
  FIELD_NOT_FOUND: {
    class: 'AnalysisException',
    sqlState: '42704',
    message: (p: { fieldName: string; fields: string }) => `No such struct field ${p.fieldName} in ${p.fields}.`,
  },
  INVALID_EXTRACT_BASE_FIELD_TYPE: {
    class: 'AnalysisException',
    sqlState: '42000',
    message: (p: { base: string; other: string }) =>
      `Can't extract a value from ${p.base}. Need a complex type [STRUCT, ARRAY, MAP] but got ${p.other}.`,
  },
  CANNOT_RESOLVE_STAR_EXPAND: {
    class: 'AnalysisException',
    message: (p: { targetString: string; columns: string }) =>
      `Cannot resolve ${p.targetString}.* given input columns ${p.columns}. Please check that the specified table or struct exists and is accessible in the input columns.`,
  },
  'MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT': {
    class: 'AnalysisException',
    message: (p: { missingAttributes: string; input: string; operator: string }) =>
      `Resolved attribute(s) ${p.missingAttributes} missing from ${p.input} in operator ${p.operator}. `,
  },
  'MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_APPEAR_IN_OPERATION': {
    class: 'AnalysisException',
    message: (p: { missingAttributes: string; input: string; operator: string; operation: string }) =>
      `Resolved attribute(s) ${p.missingAttributes} missing from ${p.input} in operator ${p.operator}. Attribute(s) with the same name appear in the operation: ${p.operation}.\nPlease check if the right attribute(s) are used.`,
  },
  UNRESOLVED_ROUTINE: {
    class: 'AnalysisException',
    sqlState: '42883',
    message: (p: { routineName: string }) =>
      `Cannot resolve function ${p.routineName} on search path [\`system\`.\`builtin\`, \`system\`.\`session\`, \`spark_catalog\`.\`default\`].`,
  },
  'WRONG_NUM_ARGS.WITHOUT_SUGGESTION': {
    class: 'AnalysisException',
    sqlState: '42605',
    message: (p: { functionName: string; expectedNum: string; actualNum: string }) =>
      `The ${p.functionName} requires ${p.expectedNum} parameters but the actual number is ${p.actualNum}. Please, refer to 'https://spark.apache.org/docs/latest/sql-ref-functions.html' for a fix.`,
  },
  'INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH': {
    class: 'AnalysisException',
    sqlState: '42K0D',
    message: (p: { expectedNumArgs: string; actualNumArgs: string }) =>
      `Invalid lambda function call. A higher order function expects ${p.expectedNumArgs} arguments, but got ${p.actualNumArgs}.`,
  },
  'INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION': {
    class: 'AnalysisException',
    sqlState: '42K0D',
    message: (p: { class: string }) =>
      `Invalid lambda function call. A lambda function should only be used in a higher order function. However, its class is ${p.class}, which is not a higher order function.`,
  },
  'UNSUPPORTED_GENERATOR.MULTI_GENERATOR': {
    class: 'AnalysisException',
    sqlState: '0A000',
    message: (p: { clause: string; num: string; generators: string }) =>
      `The generator is not supported: only one generator allowed per ${p.clause} clause but found ${p.num}: ${p.generators}.`,
  },
  'UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS': {
    class: 'AnalysisException',
    sqlState: '0A000',
    message: (p: { expression: string }) => `The generator is not supported: nested in expressions ${p.expression}.`,
  },
  'UNSUPPORTED_GENERATOR.NOT_GENERATOR': {
    class: 'AnalysisException',
    sqlState: '0A000',
    message: (p: { functionName: string; classCanonicalName: string }) =>
      `The generator is not supported: ${p.functionName} is expected to be a generator. However, its class is ${p.classCanonicalName}, which is not a generator.`,
  },
  'UNSUPPORTED_GENERATOR.OUTSIDE_SELECT': {
    class: 'AnalysisException',
    sqlState: '0A000',
    message: (p: { plan: string }) => `The generator is not supported: outside the SELECT clause, found: ${p.plan}.`,
  },
  UDTF_ALIAS_NUMBER_MISMATCH: {
    class: 'AnalysisException',
    message: (p: { aliasesSize: string; aliasesNames: string }) =>
      `The number of aliases supplied in the AS clause does not match the number of columns output by the UDTF. Expected ${p.aliasesSize} aliases, but got ${p.aliasesNames}. Please ensure that the number of aliases provided matches the number of columns output by the UDTF.`,
  },
  MISSING_AGGREGATION: {
    class: 'AnalysisException',
    sqlState: '42803',
    message: (p: { expression: string; expressionAnyValue: string }) =>
      `The non-aggregating expression ${p.expression} is based on columns which are not participating in the GROUP BY clause.\nAdd the columns or the expression to the GROUP BY, aggregate the expression, or use ${p.expressionAnyValue} if you do not care which of the values within a group is returned.`,
  },
  MISSING_GROUP_BY: {
    class: 'AnalysisException',
    sqlState: '42803',
    message: (_: Readonly<Record<string, never>>) =>
      'The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER clauses.',
  },
  NESTED_AGGREGATE_FUNCTION: {
    class: 'AnalysisException',
    sqlState: '42607',
    message: (_: Readonly<Record<string, never>>) =>
      'It is not allowed to use an aggregate function in the argument of another aggregate function. Please use the inner aggregate function in a sub-query.',
  },
  GROUP_BY_AGGREGATE: {
    class: 'AnalysisException',
    sqlState: '42903',
    message: (p: { sqlExpr: string }) => `Aggregate functions are not allowed in GROUP BY, but found ${p.sqlExpr}.`,
  },
  GROUP_BY_POS_AGGREGATE: {
    class: 'AnalysisException',
    sqlState: '42903',
    message: (p: { index: string; aggExpr: string }) =>
      `GROUP BY ${p.index} refers to an expression ${p.aggExpr} that contains an aggregate function. Aggregate functions are not allowed in GROUP BY.`,
  },
  GROUP_BY_POS_OUT_OF_RANGE: {
    class: 'AnalysisException',
    sqlState: '42805',
    message: (p: { index: string; size: string }) =>
      `GROUP BY position ${p.index} is not in select list (valid range is [1, ${p.size}]).`,
  },
  ORDER_BY_POS_OUT_OF_RANGE: {
    class: 'AnalysisException',
    sqlState: '42805',
    message: (p: { index: string; size: string }) =>
      `ORDER BY position ${p.index} is not in select list (valid range is [1, ${p.size}]).`,
  },
  GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE: {
    class: 'AnalysisException',
    message: (p: { sqlExpr: string; dataType: string }) =>
      `The expression ${p.sqlExpr} cannot be used as a grouping expression because its data type ${p.dataType} is not an orderable data type.`,
  },
  UNSUPPORTED_GROUPING_EXPRESSION: {
    class: 'AnalysisException',
    message: (_: Readonly<Record<string, never>>) =>
      'grouping()/grouping_id() can only be used with GroupingSets/Cube/Rollup.',
  },
  GROUPING_COLUMN_MISMATCH: {
    class: 'AnalysisException',
    sqlState: '42803',
    message: (p: { grouping: string; groupingColumns: string }) =>
      `Column of grouping (${p.grouping}) can't be found in grouping columns ${p.groupingColumns}.`,
  },
  INVALID_WHERE_CONDITION: {
    class: 'AnalysisException',
    sqlState: '42903',
    message: (p: { condition: string; expressionList: string }) =>
      `The WHERE condition ${p.condition} contains invalid expressions: ${p.expressionList}.\nRewrite the query to avoid window functions, aggregate functions, and generator functions in the WHERE clause.`,
  },
  WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE: {
    class: 'AnalysisException',
    message: (p: { funcName: string }) => `Window function ${p.funcName} requires an OVER clause.`,
  },
  DISTINCT_WINDOW_FUNCTION_UNSUPPORTED: {
    class: 'AnalysisException',
    message: (p: { windowExpr: string }) => `Distinct window functions are not supported: ${p.windowExpr}.`,
  },
  UNSUPPORTED_EXPR_FOR_WINDOW: {
    class: 'AnalysisException',
    sqlState: '42P20',
    message: (p: { sqlExpr: string }) => `Expression ${p.sqlExpr} not supported within a window function.`,
  },
  UNRESOLVED_USING_COLUMN_FOR_JOIN: {
    class: 'AnalysisException',
    sqlState: '42703',
    message: (p: { colName: string; side: string; suggestion: string }) =>
      `USING column ${p.colName} cannot be resolved on the ${p.side} side of the join. The ${p.side}-side columns: [${p.suggestion}].`,
  },
  JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE: {
    class: 'AnalysisException',
    message: (p: { joinCondition: string; conditionType: string }) =>
      `The join condition ${p.joinCondition} has the invalid type ${p.conditionType}, expected "BOOLEAN".`,
  },
  NUM_COLUMNS_MISMATCH: {
    class: 'AnalysisException',
    sqlState: '42826',
    message: (p: { operator: string; firstNumColumns: string; invalidOrdinalNum: string; invalidNumColumns: string }) =>
      `${p.operator} can only be performed on inputs with the same number of columns, but the first input has ${p.firstNumColumns} columns and the ${p.invalidOrdinalNum} input has ${p.invalidNumColumns} columns.`,
  },
  INCOMPATIBLE_COLUMN_TYPE: {
    class: 'AnalysisException',
    sqlState: '42825',
    message: (p: {
      operator: string;
      columnOrdinalNumber: string;
      tableOrdinalNumber: string;
      dataType1: string;
      dataType2: string;
      hint: string;
    }) =>
      `${p.operator} can only be performed on tables with compatible column types. The ${p.columnOrdinalNumber} column of the ${p.tableOrdinalNumber} table is ${p.dataType1} type which is not compatible with ${p.dataType2} at the same column of the first table.${p.hint}.`,
  },
  'UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE': {
    class: 'AnalysisException',
    sqlState: '0A000',
    message: (p: { colName: string; dataType: string }) =>
      `The feature is not supported: Cannot have MAP type columns in DataFrame which calls set operations (INTERSECT, EXCEPT, etc.), but the type of column ${p.colName} is ${p.dataType}.`,
  },
  'INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE': {
    class: 'AnalysisException',
    message: (p: { expr: string; name: string; v: string }) =>
      `The limit like expression ${p.expr} is invalid. The ${p.name} expression must be equal to or greater than 0, but got ${p.v}.`,
  },
  COLUMN_ALREADY_EXISTS: {
    class: 'AnalysisException',
    sqlState: '42711',
    message: (p: { columnName: string }) =>
      `The column ${p.columnName} already exists. Consider to choose another name or rename the existing column.`,
  },
  INVALID_USAGE_OF_STAR_OR_REGEX: {
    class: 'AnalysisException',
    sqlState: '42000',
    message: (p: { elem: string; prettyName: string }) => `Invalid usage of ${p.elem} in ${p.prettyName}.`,
  },
  TABLE_OR_VIEW_NOT_FOUND: {
    class: 'AnalysisException',
    sqlState: '42P01',
    message: (p: { relationName: string }) =>
      `The table or view ${p.relationName} cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.`,
  },
  EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE: {
    class: 'AnalysisException',
    message: (p: { eventName: string; eventType: string }) =>
      `The event time ${p.eventName} has the invalid type ${p.eventType}, but expected "TIMESTAMP".`,
  },
  CANNOT_PARSE_INTERVAL: {
    class: 'AnalysisException',
    message: (p: { intervalString: string }) =>
      `Unable to parse '${p.intervalString}'. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again.`,
  },
  UNPIVOT_VALUE_DATA_TYPE_MISMATCH: {
    class: 'AnalysisException',
    sqlState: '42K09',
    message: (p: { types: string }) =>
      `Unpivot value columns must share a least common type, some types do not: [${p.types}].`,
  },
  UNPIVOT_REQUIRES_VALUE_COLUMNS: {
    class: 'AnalysisException',
    sqlState: '42K0A',
    message: (_: Readonly<Record<string, never>>) =>
      'At least one value column needs to be specified for UNPIVOT, all columns specified as ids.',
  },
  'UNSUPPORTED_INSERT.RDD_BASED': {
    class: 'AnalysisException',
    sqlState: '42809',
    message: (_: Readonly<Record<string, never>>) => "Can't insert into the target. An RDD-based table is not allowed.",
  },
  NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING: {
    class: 'AnalysisException',
    message: (p: { windowFunc: string; columnName: string; windowSpec: string }) =>
      `Window function is not supported in ${p.windowFunc} (as column ${p.columnName}) on streaming DataFrames/Datasets. Structured Streaming only supports time-window aggregation using the WINDOW function. (window specification: ${p.windowSpec})`,
  },
} as const satisfies Record<string, ErrorRow>;
