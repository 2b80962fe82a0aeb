import type { CheckContext, CheckedQuery } from '../check-context.ts';
import { answerWords, columnValues, hasColumns } from '../common-checks.ts';
import { defineExercise, type Check } from '../define-exercise.ts';

const fileFormats: ReadonlySet<string> = new Set(['parquet', 'json', 'csv']);

const fileQueries = (context: CheckContext): readonly CheckedQuery[] =>
  context.queries.filter(
    (query) =>
      query.outputMode === 'append' &&
      fileFormats.has(query.sink) &&
      query.batches.some((batch) => batch.eventTime !== undefined),
  );

const droppedRows = (queries: readonly CheckedQuery[]): number =>
  queries
    .flatMap((query) => query.batches)
    .reduce(
      (sum, batch) =>
        sum + batch.stateOperators.reduce((rows, operator) => rows + operator.numRowsDroppedByWatermark, 0),
      0,
    );

const emittedWindows = (queries: readonly CheckedQuery[]): number =>
  Math.max(
    0,
    ...queries.map((query) =>
      query.batches.reduce(
        (sum, batch) => sum + batch.stateOperators.reduce((rows, operator) => rows + operator.numRowsRemoved, 0),
        0,
      ),
    ),
  );

const hasWatermark: Check = {
  id: 'con-marca',
  title: 'La agregación lleva marca de agua',
  judge: ({ queries }) =>
    queries.some((query) =>
      query.batches.some((batch) => batch.eventTime !== undefined && batch.stateOperators.length > 0),
    )
      ? null
      : 'Ninguna consulta en marcha agrupa con marca de agua: pon withWatermark antes de groupBy y arranca.',
};

const writesParquet: Check = {
  id: 'escribe',
  title: 'Una consulta con marca de agua escribe en Parquet',
  judge: (context) =>
    fileQueries(context).length > 0
      ? null
      : 'Arranca la consulta que agrupa con marca de agua y escribe ficheros en modo append.',
};

const watermarkMoved: Check = {
  id: 'marca',
  title: 'La marca de agua ha avanzado con bolsa2.json',
  judge: (context) => {
    const queries = fileQueries(context);
    if (queries.length === 0) return 'Primero arranca la consulta que escribe en salida.';
    if (context.filesIn('entrada').length < 2) return 'Deja un segundo fichero en entrada.';
    return emittedWindows(queries) >= 2
      ? null
      : 'Aún no ha caducado más de una ventana: espera al siguiente disparo o comprueba la hora del fichero nuevo.';
  },
};

const readBack: Check = {
  id: 'lectura',
  title: 'Lo escrito se ha leído en batch',
  judge: ({ batchResults }) =>
    batchResults.some(
      (rows) =>
        hasColumns(rows, ['start', 'end', 'Compras', 'Ventas']) && !hasColumns(rows, ['Neto']) && rows.total >= 1,
    )
      ? null
      : 'Lee la carpeta salida con spark.read y muestra sus filas.',
};

const runningTotal: Check = {
  id: 'acumulado',
  title: 'Compras y ventas acumuladas con su neto',
  judge: ({ batchResults }) => {
    const good = batchResults.some((rows) => {
      if (!hasColumns(rows, ['start', 'end', 'Compras', 'Ventas', 'Neto']) || rows.total < 2) return false;
      const bought = columnValues(rows, 'Compras').map(Number);
      const net = columnValues(rows, 'Neto').map(Number);
      const sold = columnValues(rows, 'Ventas').map(Number);
      return (
        bought.every((value, row) => row === 0 || value >= (bought[row - 1] ?? 0)) &&
        net.every((value, row) => value === (bought[row] ?? 0) - (sold[row] ?? 0))
      );
    });
    return good ? null : 'Calcula el total acumulado con una función ventana ordenada por end y muestra también Neto.';
  },
};

const lateDropped: Check = {
  id: 'tardia',
  title: 'Una fila ha llegado demasiado tarde',
  judge: (context) =>
    droppedRows(context.queries) > 0
      ? null
      : 'Deja caer un fichero con una operación anterior a la marca de agua y mira qué hace Spark con ella.',
};

const explained: Check = {
  id: 'explicacion',
  title: 'Tu explicación de la ventana que falta',
  isOfText: true,
  judge: (context) => {
    const words = answerWords(context, 'caso7-respuesta');
    return words >= 30 ? null : `Explica qué ventana sigue en el estado y por qué (llevas ${words} palabras de 30).`;
  },
};

/** Caso 7: marca de agua, salida a Parquet en modo append, lectura batch y totales acumulados. */
export const caso7 = defineExercise({
  id: 'caso-7',
  title: 'Caso 7 · Bolsa II',
  summary: 'Pon una marca de agua, guarda en Parquet las ventanas que se cierran y acumula los totales en batch.',
  minutes: 50,
  tags: ['marca de agua', 'Parquet', 'append'],
  intro:
    'En el caso 6 el estado crecía sin fin. Con una **marca de agua** de 30 minutos Spark sabe cuándo una ventana ya no va a cambiar: entonces, y solo entonces, el modo `append` la escribe. Guardarás esas ventanas en Parquet y las acumularás desde un proceso batch.',
  steps: [
    {
      id: 'marca-de-agua',
      title: 'Agrupa con marca de agua',
      body: '`withWatermark` va **antes** de `groupBy`, sobre la misma columna que usa la ventana, y quiere el **nombre** de la columna. Vuelve a ejecutar también el `select`.',
      hint: 'La marca es la mayor hora de evento vista menos el retraso. Se calcula al acabar un lote y vale a partir del siguiente.',
      checks: ['con-marca'],
    },
    {
      id: 'escribir',
      title: 'Escribe en Parquet',
      body: 'La consulta escribe en `salida` y guarda su avance en `chk-point-dir-caso7`. Con `trigger(processingTime="1 minute")` el primer lote sale al momento y los demás en cada minuto en punto.',
      checks: ['escribe'],
    },
    {
      id: 'caducar',
      title: 'Deja caer `bolsa2.json`',
      body: 'Su hora, 12:50, lleva la marca hasta las 12:20. ¿Qué ventanas se cierran? El lote que las escribe no trae datos nuevos: es el que sigue al que movió la marca.',
      checks: ['marca'],
    },
    {
      id: 'leer-salida',
      title: 'Lee la salida y acumula',
      body: 'Lee `salida` en batch y calcula con una función ventana el total acumulado de compras y ventas y su neto. Fíjate en que el orden de las filas leídas no está garantizado.',
      checks: ['lectura', 'acumulado'],
    },
    {
      id: 'llegar-tarde',
      title: 'Deja caer `bolsa3.json`',
      body: 'Trae una operación de las 10:55, cuando la marca ya pasó. Busca en el progreso de la consulta cuántas filas ha descartado la marca de agua.',
      hint: 'Spark cuenta las filas descartadas después de agregarlas dentro de cada partición, no los eventos sueltos.',
      checks: ['tardia'],
    },
    {
      id: 'explica',
      title: 'Explica qué falta',
      body: 'En la última celda de texto, di qué ventana sigue abierta, qué tendría que llegar para que se escriba y qué ha pasado con la operación de las 10:55.',
      checks: ['explicacion'],
    },
  ],
  errata: [
    {
      id: 'marca-con-columna',
      title: '`withWatermark` con una columna',
      printed: '`.withWatermark(dfPalabras.timestamp, "30 minutes")`',
      happens: 'PySpark da `[CANNOT_CONVERT_COLUMN_INTO_BOOL]`: el argumento tiene que ser el nombre.',
      fix: 'Escribe `.withWatermark("timestamp", "30 minutes")`.',
    },
    {
      id: 'salida-antigua',
      title: '`salidaDF` se queda atrás',
      printed: 'Se redefine `windowDF` y se usa el `salidaDF` del caso 6.',
      happens: 'Ese `salidaDF` cuelga de la agregación sin marca de agua, y Spark rechaza el modo `append`.',
      fix: 'Repite `salidaDF = windowDF.select(…)`: el cuaderno ya lo hace.',
    },
    {
      id: 'tabla-acumulada',
      title: 'La tabla final tiene mal la tercera fila',
      printed: '10:30–10:45 con 1600 compras, 1100 ventas y 500 de neto.',
      happens: 'Spark imprime lo que dan los datos: la ventana de las 10:30 aporta 900 compras y ninguna venta.',
      fix: 'Compara con lo que sale al ejecutar la celda.',
    },
    {
      id: 'update-en-ficheros',
      title: 'El modo `update` en ficheros',
      printed: 'Se dice que crearía archivos duplicados.',
      happens: 'Spark ni siquiera arranca: `Data source parquet does not support Update output mode.`',
      fix: 'Usa `append` con marca de agua.',
    },
  ],
  charts: [
    {
      id: 'acumulado',
      title: 'Compras, ventas y neto por ventana',
      kind: 'bars',
      needs: ['start', 'end', 'Compras', 'Ventas'],
      from: 'any',
      x: { column: 'start', label: 'TInicio', end: 'end', endLabel: 'TFin' },
      series: [
        { column: 'Compras', label: 'Compras' },
        { column: 'Ventas', label: 'Ventas' },
        { column: 'Neto', label: 'Neto', derived: { left: 'Compras', right: 'Ventas' } },
      ],
      empty: 'Aún no hay ventanas cerradas. Con `append` aparecen cuando la marca de agua las deja atrás.',
    },
  ],
  inputs: [
    { name: 'bolsa1.json', folder: 'entrada', description: '7 operaciones, de 10:05 a 10:50', atStart: true },
    { name: 'bolsa2.json', folder: 'entrada', description: '1 operación, a las 12:50', atStart: false },
    { name: 'bolsa3.json', folder: 'entrada', description: '2 operaciones, una llega tarde (10:55)', atStart: false },
  ],
  dropFolder: 'entrada',
  folders: { input: ['entrada'], output: ['salida'], checkpoint: ['chk-point-dir-caso7'] },
  checks: [hasWatermark, writesParquet, watermarkMoved, readBack, runningTotal, lateDropped, explained],
});
