import type { ErrorRow } from './error-row.ts';

const legacy = <Parameters>(message: (p: Parameters) => string) =>
  ({ class: 'AnalysisException', legacy: true, message }) as const;

type Columns = { readonly tableName: string; readonly tableColumns: string; readonly dataColumns: string };
const widthMismatch = (reason: string) =>
  ({
    class: 'AnalysisException',
    sqlState: '21S01',
    message: (p: Columns) =>
      `Cannot write to ${p.tableName}, the reason is ${reason}:\nTable columns: ${p.tableColumns}.\nData columns: ${p.dataColumns}.`,
  }) as const;

/** Errors of saved tables: `saveAsTable`, `insertInto`, `toTable`, CREATE, INSERT and DROP TABLE. Texts of Spark 3.5.7. */
export const tableErrors = {
  TABLE_OR_VIEW_ALREADY_EXISTS: {
    class: 'AnalysisException',
    sqlState: '42P07',
    message: (p: { relationName: string }) =>
      `Cannot create table or view ${p.relationName} because it already exists.\nChoose a different name, drop or replace the existing object, or add the IF NOT EXISTS clause to tolerate pre-existing objects.`,
  },
  LOCATION_ALREADY_EXISTS: {
    class: 'SparkRuntimeException',
    sqlState: '42710',
    message: (p: { identifier: string; location: string }) =>
      `Cannot name the managed table as ${p.identifier}, as its associated location '${p.location}' already exists. Please pick a different table name, or remove the existing location first.`,
  },
  COLUMN_NOT_DEFINED_IN_TABLE: {
    class: 'AnalysisException',
    message: (p: { colType: string; colName: string; tableName: string; tableCols: string }) =>
      `${p.colType} column ${p.colName} is not defined in table ${p.tableName}, defined table columns are: ${p.tableCols}.`,
  },
  'INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS': widthMismatch('not enough data columns'),
  'INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS': widthMismatch('too many data columns'),
  'INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST': {
    class: 'AnalysisException',
    sqlState: 'KD000',
    message: (p: { tableName: string; colName: string; srcType: string; targetType: string }) =>
      `Cannot write incompatible data for the table ${p.tableName}: Cannot safely cast ${p.colName} "${p.srcType}" to "${p.targetType}".`,
  },
  'UNSUPPORTED_OVERWRITE.TABLE': {
    class: 'AnalysisException',
    message: (p: { table: string }) =>
      `Can't overwrite the target that is also being read from. The target table is ${p.table}.`,
  },
  NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT: {
    class: 'AnalysisException',
    message: (p: { cmd: string }) =>
      `${p.cmd} is not supported, if you want to enable it, please set "spark.sql.catalogImplementation" to "hive".`,
  },
  _LEGACY_ERROR_TEMP_1008: legacy(
    (p: { quoted: string }) =>
      `${p.quoted} is not a temp view of streaming logical plan, please use batch API such as \`DataFrameReader.table\` to read it.`,
  ),
  _LEGACY_ERROR_TEMP_1155: legacy(
    (p: { column: string; schema: string }) => `Partition column ${p.column} not found in schema ${p.schema}.`,
  ),
  _LEGACY_ERROR_TEMP_1159: legacy(
    (p: { tableName: string; existingProvider: string; specifiedProvider: string }) =>
      `The format of the existing table ${p.tableName} is \`${p.existingProvider}\`. It doesn't match the specified format \`${p.specifiedProvider}\`.`,
  ),
  _LEGACY_ERROR_TEMP_1161: legacy(
    (p: { tableName: string; existingSchema: string; dataSchema: string }) =>
      `The column number of the existing table ${p.tableName} (${p.existingSchema}) doesn't match the data schema (${p.dataSchema}).`,
  ),
  _LEGACY_ERROR_TEMP_1162: legacy(
    (p: { name: string; columns: string }) => `Cannot resolve '${p.name}' given input columns: [${p.columns}].`,
  ),
  _LEGACY_ERROR_TEMP_1163: legacy(
    (p: { tableName: string; specified: string; existing: string }) =>
      `Specified partitioning does not match that of the existing table ${p.tableName}.\nSpecified partition columns: [${p.specified}].\nExisting partition columns: [${p.existing}].`,
  ),
  _LEGACY_ERROR_TEMP_1190: legacy(
    (p: { tableName: string }) => `Temporary view ${p.tableName} doesn't support streaming write.`,
  ),
  _LEGACY_ERROR_TEMP_1192: legacy(
    (p: { source: string; tableName: string; provider: string }) =>
      `The input source(${p.source}) is different from the table ${p.tableName}'s data source provider(${p.provider}).`,
  ),
} as const satisfies Record<string, ErrorRow>;
