import { RelationalError } from '../../../engine/api/relational-client.ts';

const raise =
  (errno: number, sqlState: string) =>
  (message: string): RelationalError =>
    new RelationalError(errno, sqlState, message);

/** Characters of the statement that MariaDB repeats after `near`. */
const nearLength = 80;

export const syntaxError = (near: string, line: number): RelationalError =>
  raise(
    1064,
    '42000',
  )(
    `You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '${near.slice(0, nearLength)}' at line ${line}`,
  );
export const emptyQuery = (): RelationalError => raise(1065, '42000')('Query was empty');
export const notSupported = (what: string): RelationalError =>
  raise(1235, '42000')(`This version of MariaDB doesn't yet support '${what}'`);

export const accessDenied = (user: string, hasPassword: boolean): RelationalError =>
  raise(1045, '28000')(`Access denied for user '${user}'@'localhost' (using password: ${hasPassword ? 'YES' : 'NO'})`);
export const databaseDenied = (user: string, database: string): RelationalError =>
  raise(1044, '42000')(`Access denied for user '${user}'@'localhost' to database '${database}'`);

export const noDatabaseSelected = (): RelationalError => raise(1046, '3D000')('No database selected');
export const unknownDatabase = (name: string): RelationalError => raise(1049, '42000')(`Unknown database '${name}'`);
export const databaseExists = (name: string): RelationalError =>
  raise(1007, 'HY000')(`Can't create database '${name}'; database exists`);
export const cannotDropDatabase = (name: string): RelationalError =>
  raise(1008, 'HY000')(`Can't drop database '${name}'; database doesn't exist`);

export const tableExists = (name: string): RelationalError => raise(1050, '42S01')(`Table '${name}' already exists`);
export const unknownTable = (name: string): RelationalError => raise(1051, '42S02')(`Unknown table '${name}'`);
export const noSuchTable = (database: string, name: string): RelationalError =>
  raise(1146, '42S02')(`Table '${database}.${name}' doesn't exist`);
export const sameTableTwice = (alias: string): RelationalError =>
  raise(1066, '42000')(`Not unique table/alias: '${alias}'`);
/** MariaDB's own text for a write to its information tables. */
export const readOnlySchema = (user: string): RelationalError => databaseDenied(user, 'information_schema');

export const ambiguousColumn = (name: string, clause: string): RelationalError =>
  raise(1052, '23000')(`Column '${name}' in ${clause} is ambiguous`);
export const unknownColumn = (name: string, clause: string): RelationalError =>
  raise(1054, '42S22')(`Unknown column '${name}' in '${clause}'`);
export const duplicateColumn = (name: string): RelationalError =>
  raise(1060, '42S21')(`Duplicate column name '${name}'`);
export const duplicateKeyName = (name: string): RelationalError => raise(1061, '42000')(`Duplicate key name '${name}'`);
export const missingKeyColumn = (name: string): RelationalError =>
  raise(1072, '42000')(`Key column '${name}' doesn't exist in table`);
export const columnTwice = (name: string): RelationalError => raise(1110, '42000')(`Column '${name}' specified twice`);
export const cannotDrop = (what: 'COLUMN' | 'INDEX', name: string): RelationalError =>
  raise(1091, '42000')(`Can't DROP ${what} \`${name}\`; check that it exists`);
export const lastColumn = (): RelationalError =>
  raise(1090, '42000')("You can't delete all columns with ALTER TABLE; use DROP TABLE instead");

export const multiplePrimaryKeys = (): RelationalError => raise(1068, '42000')('Multiple primary key defined');
export const wrongAutoColumn = (): RelationalError =>
  raise(1075, '42000')('Incorrect table definition; there can be only one auto column and it must be defined as a key');
export const wrongColumnSpecifier = (name: string): RelationalError =>
  raise(1063, '42000')(`Incorrect column specifier for column '${name}'`);
export const invalidDefault = (name: string): RelationalError =>
  raise(1067, '42000')(`Invalid default value for '${name}'`);
export const columnTooLong = (name: string, max: number): RelationalError =>
  raise(1074, '42000')(`Column length too big for column '${name}' (max = ${max}); use BLOB or TEXT instead`);
export const tooPrecise = (name: string, max: number): RelationalError =>
  raise(1426, '42000')(`Too big precision specified for '${name}'. Maximum is ${max}`);
export const tooMuchScale = (name: string, scale: number, max: number): RelationalError =>
  raise(1425, '42000')(`Too big scale ${scale} specified for '${name}'. Maximum is ${max}`);
export const scaleAbovePrecision = (name: string): RelationalError =>
  raise(1427, '42000')(`For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '${name}')`);
export const unknownDataType = (name: string): RelationalError => raise(4161, 'HY000')(`Unknown data type: '${name}'`);

export const duplicateEntry = (entry: string, key: string): RelationalError =>
  raise(1062, '23000')(`Duplicate entry '${entry}' for key '${key}'`);
export const cannotBeNull = (column: string): RelationalError =>
  raise(1048, '23000')(`Column '${column}' cannot be null`);
export const noDefault = (column: string): RelationalError =>
  raise(1364, 'HY000')(`Field '${column}' doesn't have a default value`);
export const wrongValueCount = (row: number): RelationalError =>
  raise(1136, '21S01')(`Column count doesn't match value count at row ${row}`);
export const outOfRange = (column: string, row: number): RelationalError =>
  raise(1264, '22003')(`Out of range value for column '${column}' at row ${row}`);
export const dataTruncated = (column: string, row: number): RelationalError =>
  raise(1265, '01000')(`Data truncated for column '${column}' at row ${row}`);
export const dataTooLong = (column: string, row: number): RelationalError =>
  raise(1406, '22001')(`Data too long for column '${column}' at row ${row}`);
export const incorrectTemporal = (what: string, value: string, place: string): RelationalError =>
  raise(1292, '22007')(`Incorrect ${what} value: '${value}' for column ${place}`);
export const incorrectNumber = (what: string, value: string, place: string): RelationalError =>
  raise(1366, '22007')(`Incorrect ${what} value: '${value}' for column ${place}`);
export const divisionByZero = (): RelationalError => raise(1365, '22012')('Division by 0');
export const checkFailed = (name: string, database: string, table: string): RelationalError =>
  raise(4025, '23000')(`CONSTRAINT \`${name}\` failed for \`${database}\`.\`${table}\``);

export const numberOutOfRange = (type: string, expression: string): RelationalError =>
  raise(1690, '22003')(`${type} value is out of range in '${expression}'`);
export const manyRows = (): RelationalError => raise(1242, '21000')('Subquery returns more than 1 row');
export const manyColumns = (expected: number): RelationalError =>
  raise(1241, '21000')(`Operand should contain ${expected} column(s)`);
export const invalidGroupUse = (): RelationalError => raise(1111, 'HY000')('Invalid use of group function');
export const differentColumnCounts = (): RelationalError =>
  raise(1222, '21000')('The used SELECT statements have a different number of columns');
export const unknownFunction = (database: string, name: string): RelationalError =>
  raise(1305, '42000')(`FUNCTION ${database}.${name} does not exist`);
export const wrongArgumentCount = (name: string): RelationalError =>
  raise(1582, '42000')(`Incorrect parameter count in the call to native function '${name}'`);
export const noTablesUsed = (): RelationalError => raise(1096, 'HY000')('No tables used');
export const unknownVariable = (name: string): RelationalError =>
  raise(1193, 'HY000')(`Unknown system variable '${name}'`);
export const lockTimeout = (): RelationalError =>
  raise(1205, 'HY000')('Lock wait timeout exceeded; try restarting transaction');
export const unknownInformationTable = (name: string): RelationalError =>
  raise(1109, '42S02')(`Unknown table '${name}' in information_schema`);
