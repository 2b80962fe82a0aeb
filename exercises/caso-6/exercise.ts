import type { CheckContext } from '../check-context.ts';
import { answerWords, columnValues, dataBatches, hasColumns, queriesWith, windowMinutes } from '../common-checks.ts';
import { defineExercise, type Check } from '../define-exercise.ts';

const result = ['start', 'end', 'Compras', 'Ventas'];

const schemaRead: Check = {
  id: 'esquema',
  title: 'La lectura en streaming tiene las cuatro columnas',
  judge: ({ cells }) => {
    const printed = cells
      .filter((cell) => cell.hasRun && cell.source.includes('readStream'))
      .map((cell) => cell.printed)
      .join('\n');
    return ['CreatedTime', 'Type', 'Amount', 'BrokerCode'].every((name) => printed.includes(`-- ${name}:`))
      ? null
      : 'Ejecuta la celda que lee la carpeta y muestra su esquema.';
  },
};

const batchPreview: Check = {
  id: 'previa',
  title: 'Los datos preparados se han visto en batch',
  judge: ({ batchResults }) =>
    batchResults.some((rows) => hasColumns(rows, ['CreatedTime', 'Compras', 'Ventas']) && rows.total >= 7)
      ? null
      : 'Lee la carpeta con `read` y muestra las filas con sus columnas Compras y Ventas.',
};

const streamRuns: Check = {
  id: 'ventanas',
  title: 'Una consulta suma compras y ventas por ventana',
  judge: (context) =>
    queriesWith(context, result).some((query) => dataBatches(query) >= 1)
      ? null
      : 'Arranca la consulta que agrupa por ventana y espera al lote 0.',
};

const secondFile: Check = {
  id: 'segundo-fichero',
  title: 'Un fichero nuevo ha llegado con la consulta en marcha',
  judge: (context) => {
    if (context.filesIn('entrada').length < 2) return 'Deja un segundo fichero en la carpeta entrada.';
    return queriesWith(context, result).some((query) => dataBatches(query) >= 2)
      ? null
      : 'El fichero está en entrada, pero ninguna consulta lo ha leído en un lote posterior.';
  },
};

const otherWidth: Check = {
  id: 'otra-ventana',
  title: 'La misma consulta con ventanas de media hora',
  judge: (context) =>
    queriesWith(context, result).some(
      (query) => query.rows !== null && windowMinutes(query.rows, 'start', 'end').some((minutes) => minutes === 30),
    )
      ? null
      : 'Cambia la duración de la ventana a 30 minutos y vuelve a arrancar la consulta.',
};

const explained: Check = {
  id: 'explicacion',
  title: 'Tu explicación de los totales',
  isOfText: true,
  judge: (context: CheckContext) => {
    const words = answerWords(context, 'caso6-respuesta');
    return words >= 25
      ? null
      : `Escribe con tus palabras por qué cambian los totales (llevas ${words} palabras de 25).`;
  },
};

const amountsStay: Check = {
  id: 'total-cuadra',
  title: 'Las ventanas reparten todo lo leído',
  judge: (context) => {
    const good = queriesWith(context, result).some((query) => {
      const totals = query.rows ? columnValues(query.rows, 'Compras').map(Number) : [];
      return totals.reduce((sum, value) => sum + value, 0) >= 2500;
    });
    return good ? null : 'Falta leer bolsa1.json entero: revisa que la columna Compras toma Amount cuando Type es BUY.';
  },
};

/** Caso 6: una carpeta que recibe ficheros JSON, compras y ventas por ventana, salida completa por consola. */
export const caso6 = defineExercise({
  id: 'caso-6',
  title: 'Caso 6 · Bolsa',
  summary: 'Suma compras y ventas en ventanas de 15 minutos sobre una carpeta que va recibiendo ficheros.',
  minutes: 40,
  tags: ['ficheros JSON', 'ventanas', 'complete'],
  intro:
    'Una agencia deja cada cierto tiempo un fichero JSON con operaciones de bolsa en la carpeta `entrada`. Vas a leerla como un flujo, separar **compras** y **ventas** y sumarlas por ventanas de tiempo. El departamento de visualización espera una tabla con inicio, fin, compras, ventas y neto.',
  steps: [
    {
      id: 'leer',
      title: 'Lee la carpeta como un flujo',
      body: 'Ejecuta las dos primeras celdas: la sesión y la lectura de `entrada`. Un flujo de ficheros necesita que le digas el **esquema**; `maxFilesPerTrigger` hace que cada micro-batch lea un solo fichero.',
      checks: ['esquema'],
    },
    {
      id: 'preparar',
      title: 'Prepara las columnas y compruébalas en batch',
      body: 'Convierte `CreatedTime` en una marca de tiempo y crea `Compras` y `Ventas`. Un flujo no se puede mostrar con `show()`: la celda de prueba lee la misma carpeta con `read`.',
      hint: 'Si una fila sale con `CreatedTime` a NULL, su texto no sigue el patrón `yyyy-MM-dd HH:mm:ss`.',
      checks: ['previa'],
    },
    {
      id: 'ventana',
      title: 'Agrupa por ventana y arranca la consulta',
      body: 'La ventana de 15 minutos sale de la hora del **evento**, no de cuándo llega el fichero. En modo `complete` cada lote vuelve a escribir todas las ventanas. Mira el lote 0 en la consola de Spark.',
      checks: ['ventanas', 'total-cuadra'],
    },
    {
      id: 'llegada',
      title: 'Deja caer `bolsa2.json`',
      body: 'Con la consulta en marcha, añade `bolsa2.json` a `entrada` desde el panel de ficheros. Llegará un lote más; ¿qué ventana aparece y cuáles siguen igual?',
      hint: 'Un fichero que ya se leyó no se vuelve a leer aunque cambie su contenido: usa un nombre nuevo.',
      checks: ['segundo-fichero'],
    },
    {
      id: 'media-hora',
      title: 'Cambia la ventana a 30 minutos',
      body: 'Detén la consulta, cambia la duración de la ventana y vuelve a ejecutar desde esa celda, incluido el `select`: si no lo repites, `salidaDF` sigue colgando de la ventana anterior.',
      checks: ['otra-ventana'],
    },
    {
      id: 'explica',
      title: 'Explica lo que ves',
      body: 'En la última celda de texto, justifica cuántas ventanas salen con 15 y con 30 minutos y por qué ningún total incluye lo de las ventanas anteriores.',
      checks: ['explicacion'],
    },
  ],
  errata: [
    {
      id: 'puntos-suspensivos',
      title: 'La lectura batch está abreviada',
      printed: '`spark.read.format("json") \\ ...`',
      happens:
        'Los puntos suspensivos no son Python: da `SyntaxError`. Además hay que volver a crear `accionesDF` a partir de la nueva lectura.',
      fix: 'El cuaderno trae la lectura completa y repite las columnas en `previaDF`.',
    },
    {
      id: 'show-en-flujo',
      title: '`show()` sobre un flujo',
      printed: '`accionesDF.show()`',
      happens: 'Spark responde `Queries with streaming sources must be executed with writeStream.start()`.',
      fix: 'Arranca una consulta con `writeStream`, o prueba con `read`.',
    },
    {
      id: 'sin-orden',
      title: 'El orden de las filas',
      printed: 'La tabla sale ordenada por ventana.',
      happens:
        'Sin `orderBy`, Spark no promete ningún orden dentro del lote. Tampoco imprime la cabecera `Batch: 0` en la página, pero sí en la consola.',
      fix: 'En modo `complete` puedes añadir `.orderBy("start")`.',
    },
  ],
  charts: [
    {
      id: 'compras-ventas',
      title: 'Compras, ventas y neto por ventana',
      kind: 'bars',
      needs: ['start', 'end', 'Compras', 'Ventas'],
      from: 'query',
      x: { column: 'start', label: 'TInicio', end: 'end', endLabel: 'TFin' },
      series: [
        { column: 'Compras', label: 'Compras' },
        { column: 'Ventas', label: 'Ventas' },
        { column: 'Neto', label: 'Neto', derived: { left: 'Compras', right: 'Ventas' } },
      ],
      empty: 'Aún no hay ventanas. Arranca la consulta del paso 3 y aparecerán aquí con cada lote.',
    },
  ],
  inputs: [
    { name: 'bolsa1.json', folder: 'entrada', description: '7 operaciones, de 10:05 a 10:50', atStart: true },
    { name: 'bolsa2.json', folder: 'entrada', description: '1 operación, a las 12:50', atStart: false },
    { name: 'bolsa3.json', folder: 'entrada', description: '2 operaciones, una de ellas a las 10:55', atStart: false },
  ],
  dropFolder: 'entrada',
  folders: { input: ['entrada'], output: [], checkpoint: [] },
  checks: [schemaRead, batchPreview, streamRuns, amountsStay, secondFile, otherWidth, explained],
});
