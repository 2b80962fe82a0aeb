import type { ResultRows } from '../../../engine/api/engine-events.ts';
import type { QueryProgress } from '../../../engine/api/query-progress.ts';
import type { ErrorCard } from '../../../main/contract/events.ts';
import type { CellOutput } from '../../../main/contract/notebook-schema.ts';

export type RecordedBatch = {
  readonly batchId: number;
  readonly inputRows: number;
  readonly text: string;
  readonly rows: ResultRows;
};

const rule = '-------------------------------------------';
const line = '+-------------------+-------------------+-------+------+';
const windows = [
  ['2022-05-09 10:00:00', '2022-05-09 10:15:00', 800, 0],
  ['2022-05-09 10:15:00', '2022-05-09 10:30:00', 800, 400],
  ['2022-05-09 10:30:00', '2022-05-09 10:45:00', 900, 0],
  ['2022-05-09 10:45:00', '2022-05-09 11:00:00', 0, 700],
] as const;
const later = ['2022-05-09 12:45:00', '2022-05-09 13:00:00', 150, 0] as const;

type Row = readonly [start: string, end: string, compras: number, ventas: number];

function batchOf(batchId: number, inputRows: number, rows: readonly Row[]): RecordedBatch {
  const drawn = rows.map(
    ([start, end, compras, ventas]) => `|${start}|${end}|${String(compras).padStart(7)}|${String(ventas).padStart(6)}|`,
  );
  const head = '|              start|                end|Compras|Ventas|';
  const text = [rule, `Batch: ${batchId}`, rule, line, head, line, ...drawn, line, '', ''].join('\n');
  const columns = [
    { name: 'start', type: 'timestamp' },
    { name: 'end', type: 'timestamp' },
    { name: 'Compras', type: 'bigint' },
    { name: 'Ventas', type: 'bigint' },
  ];
  return {
    batchId,
    inputRows,
    text,
    rows: {
      columns,
      rows: rows.map(([start, end, ...sums]) => [start.replace(' ', 'T'), end.replace(' ', 'T'), ...sums]),
      total: rows.length,
    },
  };
}

export const firstBatch = batchOf(0, 7, windows);
export const secondBatch = batchOf(1, 1, [...windows, later]);

export function progressOf(
  batch: RecordedBatch,
  identity: { readonly queryId: string; readonly runId: string; readonly name: string | null },
): QueryProgress {
  return {
    id: identity.queryId,
    runId: identity.runId,
    name: identity.name,
    timestamp: new Date().toISOString(),
    batchId: batch.batchId,
    numInputRows: batch.inputRows,
    processedRowsPerSecond: batch.inputRows / 0.5,
    durationMs: { triggerExecution: 42 },
    stateOperators: [
      {
        operatorName: 'stateStoreSave',
        numRowsTotal: batch.rows.total,
        numRowsUpdated: batch.rows.total,
        allUpdatesTimeMs: 1,
        numRowsRemoved: 0,
        allRemovalsTimeMs: 0,
        commitTimeMs: 1,
        memoryUsedBytes: 2_000,
        numRowsDroppedByWatermark: 0,
        numShufflePartitions: 3,
        numStateStoreInstances: 3,
        customMetrics: {},
      },
    ],
    sources: [],
    sink: { description: 'ConsoleTable', numOutputRows: batch.rows.total },
  };
}

const schema = [
  'root',
  ' |-- CreatedTime: string (nullable = true)',
  ' |-- Type: string (nullable = true)',
  ' |-- Amount: integer (nullable = true)',
  ' |-- BrokerCode: string (nullable = true)',
  '',
  '',
].join('\n');

export const printedBy: Readonly<Record<string, string>> = {
  'caso6-lectura': schema,
  'caso6-columnas': schema
    .replace('CreatedTime: string', 'CreatedTime: timestamp')
    .replace(/\n\n$/, '\n |-- Compras: integer (nullable = true)\n |-- Ventas: integer (nullable = true)\n\n'),
  'caso6-previa': [
    '+-------------------+----+------+----------+-------+------+',
    '|        CreatedTime|Type|Amount|BrokerCode|Compras|Ventas|',
    '+-------------------+----+------+----------+-------+------+',
    '|2022-05-09 10:05:00| BUY|   500|       AME|    500|     0|',
    '|2022-05-09 10:12:00| BUY|   300|       AME|    300|     0|',
    '|2022-05-09 10:20:00| BUY|   800|       AME|    800|     0|',
    '|2022-05-09 10:40:00| BUY|   900|       AME|    900|     0|',
    '|2022-05-09 10:25:00|SELL|   400|       AME|      0|   400|',
    '|2022-05-09 10:48:00|SELL|   600|       AME|      0|   600|',
    '|2022-05-09 10:50:00|SELL|   100|       AME|      0|   100|',
    '+-------------------+----+------+----------+-------+------+',
    '',
    '',
  ].join('\n'),
};

export const showOnStream: { readonly output: CellOutput; readonly card: ErrorCard } = {
  output: {
    output_type: 'error',
    ename: 'AnalysisException',
    evalue: 'Queries with streaming sources must be executed with writeStream.start();\nFileSource[entrada]',
    traceback: [
      'Traceback (most recent call last):',
      '  File "<celda 9>", line 1, in <module>',
      '    accionesDF.show()',
      'pyspark.errors.exceptions.captured.AnalysisException: Queries with streaming sources must be executed with writeStream.start();',
      'FileSource[entrada]',
    ],
  },
  card: {
    title: 'Un flujo no se puede mostrar con `show()`',
    why: 'Los datos de un flujo no terminan, así que no hay un resultado que enseñar de una vez.',
    fix: 'Arranca una consulta con `writeStream … start()`, o cambia `readStream` por `read` para probar.',
  },
};
