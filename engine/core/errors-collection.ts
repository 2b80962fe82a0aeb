import type { ErrorRow } from './error-row.ts';

type NoParameters = Readonly<Record<never, never>>;

const bypass = 'If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.';

/** Errors of functions over arrays, maps, patterns and addresses. Texts recorded on Spark 3.5.7. */
export const collectionErrors = {
  INVALID_INDEX_OF_ZERO: {
    class: 'SparkRuntimeException',
    sqlState: '22003',
    message: (_none: NoParameters) =>
      'The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1).',
  },
  INVALID_ARRAY_INDEX: {
    class: 'ArrayIndexOutOfBoundsException',
    sqlState: '22003',
    message: (p: { indexValue: string; arraySize: string }) =>
      `The index ${p.indexValue} is out of bounds. The array has ${p.arraySize} elements. Use the SQL function \`get()\` to tolerate accessing element at invalid index and return NULL instead. ${bypass}`,
  },
  INVALID_ARRAY_INDEX_IN_ELEMENT_AT: {
    class: 'ArrayIndexOutOfBoundsException',
    sqlState: '22003',
    message: (p: { indexValue: string; arraySize: string }) =>
      `The index ${p.indexValue} is out of bounds. The array has ${p.arraySize} elements. Use \`try_element_at\` to tolerate accessing element at invalid index and return NULL instead. ${bypass}`,
  },
  NULL_MAP_KEY: {
    class: 'SparkRuntimeException',
    sqlState: '2200E',
    message: (_none: NoParameters) => 'Cannot use null as map key.',
  },
  DUPLICATED_MAP_KEY: {
    class: 'SparkRuntimeException',
    sqlState: '23505',
    message: (p: { key: string }) =>
      `Duplicate map key ${p.key} was found, please check the input data. If you want to remove the duplicated keys, you can set "spark.sql.mapKeyDedupPolicy" to "LAST_WIN" so that the key inserted at last takes precedence.`,
  },
  'INVALID_PARAMETER_VALUE.PATTERN': {
    class: 'SparkRuntimeException',
    sqlState: '22023',
    message: (p: { functionName: string; value: string }) =>
      `The value of parameter(s) \`regexp\` in \`${p.functionName}\` is invalid: ${p.value}.`,
  },
  'INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX': {
    class: 'SparkRuntimeException',
    sqlState: '22023',
    message: (p: { functionName: string; groupCount: string; groupIndex: string }) =>
      `The value of parameter(s) \`idx\` in \`${p.functionName}\` is invalid: Expects group index between 0 and ${p.groupCount}, but got ${p.groupIndex}.`,
  },
  _LEGACY_SLICE_START: {
    class: 'SparkRuntimeException',
    legacy: true,
    message: (_none: NoParameters) => 'Unexpected value for start in function slice: SQL array indices start at 1.',
  },
  _LEGACY_SLICE_LENGTH: {
    class: 'SparkRuntimeException',
    legacy: true,
    message: (_none: NoParameters) =>
      'Unexpected value for length in function slice: length must be greater than or equal to 0.',
  },
  _LEGACY_SEQUENCE_BOUNDARIES: {
    class: 'IllegalArgumentException',
    legacy: true,
    message: (p: { start: string; stop: string; step: string }) =>
      `requirement failed: Illegal sequence boundaries: ${p.start} to ${p.stop} by ${p.step}`,
  },
  _LEGACY_MAP_FROM_ARRAYS: {
    class: 'SparkRuntimeException',
    legacy: true,
    message: (_none: NoParameters) => 'The key array and value array of MapData must have the same length.',
  },
  CANNOT_DECODE_URL: {
    class: 'IllegalArgumentException',
    sqlState: '22546',
    message: (p: { url: string }) =>
      `The provided URL cannot be decoded: ${p.url}. Please ensure that the URL is properly formatted and try again.`,
  },
  _LEGACY_REGEX_GROUP: {
    class: { java: 'java.lang.IndexOutOfBoundsException' },
    legacy: true,
    message: (p: { group: string }) => `No group ${p.group}`,
  },
  _LEGACY_UNSUPPORTED_ENCODING: {
    class: { java: 'java.io.UnsupportedEncodingException' },
    legacy: true,
    message: (p: { charset: string }) => p.charset,
  },
  _LEGACY_FORMAT_CONVERSION: {
    class: 'IllegalArgumentException',
    legacy: true,
    message: (p: { conversion: string; className: string }) => `${p.conversion} != ${p.className}`,
  },
  _LEGACY_FORMAT_MISSING: {
    class: 'IllegalArgumentException',
    legacy: true,
    message: (p: { specifier: string }) => `Format specifier '${p.specifier}'`,
  },
  _LEGACY_RAISE_ERROR: {
    class: { java: 'java.lang.RuntimeException' },
    legacy: true,
    message: (p: { text: string }) => p.text,
  },
} as const satisfies Record<string, ErrorRow>;
