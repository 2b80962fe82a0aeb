import type { ErrorRow } from './error-row.ts';

const mismatch = (sqlExpr: string, what: string): string =>
  `Cannot resolve ${sqlExpr} due to data type mismatch: ${what}`;
const row = <Parameters extends { sqlExpr: string }>(what: (p: Parameters) => string) =>
  ({
    class: 'AnalysisException',
    sqlState: '42K09',
    message: (p: Parameters) => mismatch(p.sqlExpr, what(p)),
  }) as const;

/** `DATATYPE_MISMATCH`: an expression whose parts have types it cannot take. */
export const typeErrors = {
  'DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES': row(
    (p: { sqlExpr: string; left: string; right: string }) =>
      `the left and right operands of the binary operator have incompatible types (${p.left} and ${p.right}).`,
  ),
  'DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE': row(
    (p: { sqlExpr: string; inputType: string; actualDataType: string }) =>
      `the binary operator requires the input type ${p.inputType}, not ${p.actualDataType}.`,
  ),
  'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE': row(
    (p: { sqlExpr: string; paramIndex: string; requiredType: string; inputSql: string; inputType: string }) =>
      `Parameter ${p.paramIndex} requires the ${p.requiredType} type, however ${p.inputSql} has the type ${p.inputType}.`,
  ),
  'DATATYPE_MISMATCH.DATA_DIFF_TYPES': row(
    (p: { sqlExpr: string; functionName: string; dataType: string }) =>
      `Input to ${p.functionName} should all be the same type, but it's ${p.dataType}.`,
  ),
  'DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES': row(
    (p: { sqlExpr: string; functionName: string; leftType: string; rightType: string }) =>
      `Input to ${p.functionName} should have been "ARRAY" followed by a value with same element type, but it's [${p.leftType}, ${p.rightType}].`,
  ),
  'DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES': row(
    (p: { sqlExpr: string; functionName: string; leftType: string; rightType: string }) =>
      `Input to function ${p.functionName} should have been two "ARRAY" with same element type, but it's [${p.leftType}, ${p.rightType}].`,
  ),
  'DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES': row(
    (p: { sqlExpr: string; functionName: string; leftType: string; rightType: string }) =>
      `Input to ${p.functionName} should have been "MAP" followed by a value with same key type, but it's [${p.leftType}, ${p.rightType}].`,
  ),
  'DATATYPE_MISMATCH.CREATE_MAP_KEY_DIFF_TYPES': row(
    (p: { sqlExpr: string; functionName: string; dataType: string }) =>
      `The given keys of function ${p.functionName} should all be the same type, but they are ${p.dataType}.`,
  ),
  'DATATYPE_MISMATCH.CREATE_MAP_VALUE_DIFF_TYPES': row(
    (p: { sqlExpr: string; functionName: string; dataType: string }) =>
      `The given values of function ${p.functionName} should all be the same type, but they are ${p.dataType}.`,
  ),
  'DATATYPE_MISMATCH.INVALID_ORDERING_TYPE': row(
    (p: { sqlExpr: string; functionName: string; dataType: string }) =>
      `The ${p.functionName} does not support ordering on type ${p.dataType}.`,
  ),
  'DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION': row(
    (p: { sqlExpr: string; srcType: string; targetType: string }) => `cannot cast ${p.srcType} to ${p.targetType}.`,
  ),
  'DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION': row(
    (p: { sqlExpr: string; srcType: string; targetType: string; config: string; configVal: string }) =>
      `cannot cast ${p.srcType} to ${p.targetType} with ANSI mode on.\nIf you have to cast ${p.srcType} to ${p.targetType}, you can set ${p.config} as ${p.configVal}.`,
  ),
  'DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN': row(
    (p: { sqlExpr: string; filter: string; type: string }) =>
      `Filter expression ${p.filter} of type ${p.type} is not a boolean.`,
  ),
  'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT': row(
    (p: { sqlExpr: string; inputName: string; inputType: string; inputExpr: string }) =>
      `the input ${p.inputName} should be a foldable ${p.inputType} expression; however, got ${p.inputExpr}.`,
  ),
  'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE': row(
    (p: { sqlExpr: string; exprName: string; valueRange: string; currentValue: string }) =>
      `The ${p.exprName} must be between ${p.valueRange} (current value = ${p.currentValue}).`,
  ),
  'DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION': row(
    (p: {
      sqlExpr: string;
      leftExprName: string;
      leftExprValue: string;
      constraint: string;
      rightExprName: string;
      rightExprValue: string;
    }) =>
      `The ${p.leftExprName}(${p.leftExprValue}) must be ${p.constraint} the ${p.rightExprName}(${p.rightExprValue}).`,
  ),
  'DATATYPE_MISMATCH.INVALID_JSON_SCHEMA': row(
    (p: { sqlExpr: string; schema: string }) => `Input schema ${p.schema} must be a struct, an array or a map.`,
  ),
  'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE': row(
    (p: { sqlExpr: string; location: string; exprType: string; expectedType: string }) =>
      `The data type of the ${p.location} bound ${p.exprType} does not match the expected data type ${p.expectedType}.`,
  ),
} as const satisfies Record<string, ErrorRow>;
