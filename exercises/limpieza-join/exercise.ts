import type { CheckContext, CheckedQuery } from '../check-context.ts';
import { answerWords, hasColumns, watermarkDelayMs, windowSpans } from '../common-checks.ts';
import { defineExercise, type Check } from '../define-exercise.ts';

const topic = 'usuariosk-limpieza';
const watermarkMs = 10 * 60_000;

type Mode = CheckedQuery['outputMode'];

const windowed = ({ queries }: CheckContext, mode: Mode): readonly CheckedQuery[] =>
  queries.filter(
    (query) =>
      query.outputMode === mode &&
      query.batches.some((batch) => batch.eventTime !== undefined && batch.stateOperators.length === 1),
  );

/** Rows of state and rows removed, batch by batch. */
const stateOf = (query: CheckedQuery): readonly { readonly rows: number; readonly removed: number }[] =>
  query.batches.map((batch) => ({
    rows: batch.stateOperators.reduce((sum, operator) => sum + operator.numRowsTotal, 0),
    removed: batch.stateOperators.reduce((sum, operator) => sum + operator.numRowsRemoved, 0),
  }));

/** The state grew, and later a batch removed rows and left fewer than there were. */
function wasCleaned(query: CheckedQuery): boolean {
  const states = stateOf(query);
  return states.some(
    ({ rows, removed }, batch) => removed > 0 && states.slice(0, batch).some((earlier) => earlier.rows > rows),
  );
}

const running: Check = {
  id: 'consultas',
  title: 'La misma agregación corre en modo update y en modo append',
  judge: ({ queries }) =>
    (['update', 'append'] as const).every((mode) =>
      queries.some((query) => query.outputMode === mode && query.sink === 'console' && !query.failed),
    )
      ? null
      : 'Arranca las dos consultas por consola, una en cada modo.',
};

const grows: Check = {
  id: 'estado',
  title: 'El estado crece con los logins',
  judge: (context) => {
    const queries = [...windowed(context, 'update'), ...windowed(context, 'append')];
    if (queries.length === 0) return 'Arranca la agregación con marca de agua y envía los primeros logins.';
    return queries.some((query) => stateOf(query).some(({ rows }) => rows >= 2))
      ? null
      : 'Envía logins de dos ventanas distintas: el estado tiene que llegar a dos filas.';
  },
};

const quarterHour: Check = {
  id: 'ventanas',
  title: 'Las ventanas son de 15 minutos',
  judge: (context) =>
    windowed(context, 'update').some(
      (query) =>
        query.rows !== null &&
        hasColumns(query.rows, ['start', 'end']) &&
        windowSpans(query.rows).some(({ start, end }) => end - start === 15),
    )
      ? null
      : 'En modo update, la salida tiene que llevar el inicio y el fin de ventanas de 15 minutos.',
};

const watermark: Check = {
  id: 'marca',
  title: 'La marca de agua va diez minutos por detrás',
  judge: (context) => {
    const delays = windowed(context, 'update').flatMap((query) => watermarkDelayMs(query) ?? []);
    if (delays.length === 0) return 'La marca de agua aún no se ha movido: envía algún login.';
    return delays.includes(watermarkMs) ? null : 'Pon una marca de agua de 10 minutos sobre la hora del login.';
  },
};

const cleanedUpdate: Check = {
  id: 'limpieza-update',
  title: 'En modo update, un login limpia el estado',
  judge: (context) =>
    windowed(context, 'update').some(wasCleaned)
      ? null
      : 'Envía un login bastante posterior: la marca de agua tiene que pasar del fin de las primeras ventanas.',
};

const cleanedAppend: Check = {
  id: 'limpieza-append',
  title: 'En modo append, las ventanas salen al cerrarse',
  judge: (context) =>
    windowed(context, 'append').some(wasCleaned)
      ? null
      : 'Arranca también la consulta en modo append y deja que la marca de agua cierre alguna ventana.',
};

const seenProgress: Check = {
  id: 'progreso',
  title: 'El progreso enseña la limpieza',
  judge: ({ cells }) =>
    cells.some((cell) => cell.hasRun && /numRowsRemoved\W{0,4}[1-9]/.test(cell.printed))
      ? null
      : 'Ejecuta la celda del progreso después de la limpieza: en algún lote, numRowsRemoved tiene que ser mayor que 0.',
};

const twoStreams = ({ queries }: CheckContext): readonly CheckedQuery[] =>
  queries.filter((query) => query.batches.some((batch) => batch.sources.length === 2));

const matched: Check = {
  id: 'clicks',
  title: 'Un click encuentra su impresión',
  judge: (context) =>
    twoStreams(context).some((query) => query.rows !== null && query.rows.total > 0)
      ? null
      : 'Arranca el join de impresiones y clicks y deja los dos primeros ficheros en sus carpetas.',
};

const expired: Check = {
  id: 'caducan',
  title: 'El estado de los dos flujos caduca',
  judge: (context) =>
    twoStreams(context).some(wasCleaned)
      ? null
      : 'Deja los segundos ficheros: son de muchas horas después y hacen caducar las filas sin pareja.',
};

const explained: Check = {
  id: 'explicacion',
  title: 'Tu explicación de la limpieza',
  isOfText: true,
  judge: (context) => {
    const words = answerWords(context, 'limpieza-respuesta');
    return words >= 25 ? null : `Explica con tus palabras qué se limpió y por qué (llevas ${words} palabras de 25).`;
  },
};

/** Limpieza del estado: el Caso 8 con ventanas y marca de agua, y el join de dos flujos. */
export const limpiezaJoin = defineExercise({
  id: 'limpieza-join',
  title: 'Limpieza del estado en un join',
  summary: 'Ventanas de 15 minutos sobre el join del Caso 8, y un login que obliga a Spark a limpiar su estado.',
  minutes: 45,
  tags: ['marca de agua', 'estado', 'join de flujos'],
  intro:
    'Unir un flujo con una tabla no guarda nada; agruparlo por ventanas, sí. Vas a ver **crecer** el estado con cada ventana y a provocar su **limpieza** con un login lo bastante posterior. Después, lo mismo con el join de dos flujos.',
  steps: [
    {
      id: 'estado',
      title: 'Llena el estado',
      body: 'La actividad pide ventanas de **15 minutos**: cambia la duración antes de agrupar. Ejecuta las celdas hasta las dos consultas y pega `logins.jsonl` en el topic `usuariosk-limpieza`, en la pestaña **Kafka**. El gráfico del estado tiene que subir.',
      checks: ['consultas', 'estado', 'ventanas', 'marca'],
    },
    {
      id: 'limpieza',
      title: 'Provoca la limpieza',
      body: 'Envía ahora `limpieza.jsonl`: un login de las 13:30. La marca de agua sube hasta las 13:20 y un lote **sin datos** elimina las ventanas que ya no pueden cambiar.',
      hint: 'La limpieza llega en el lote siguiente al del mensaje: la marca nueva solo vale a partir de él.',
      checks: ['limpieza-update', 'limpieza-append'],
    },
    {
      id: 'progreso',
      title: 'Compruébalo en el progreso',
      body: 'Ejecuta la celda que recorre `recentProgress`: en el lote de la limpieza, `numRowsTotal` **baja** y `numRowsRemoved` **sube**. Captura el antes y el después.',
      checks: ['progreso'],
    },
    {
      id: 'clicks',
      title: 'Join de dos flujos',
      body: 'Arranca el join de impresiones y clicks y deja `impresiones1.json` y `clicks1.json`. El click del anuncio 1 llega a los 20 minutos; el del anuncio 2, tarde.',
      checks: ['clicks'],
    },
    {
      id: 'caducan',
      title: 'Deja que caduque',
      body: 'Deja los segundos ficheros, de las seis de la tarde: la marca de agua avanza y las filas de la mañana salen del estado, con pareja o sin ella.',
      hint: 'La marca global es la **menor** de las dos: hacen falta datos nuevos en los dos flujos.',
      checks: ['caducan'],
    },
    {
      id: 'explica',
      title: 'Explica lo que ves',
      body: 'En la última celda de texto, explica qué mensaje provocó la limpieza, qué ventanas se eliminaron y en qué se diferencian los dos modos.',
      checks: ['explicacion'],
    },
  ],
  errata: [
    {
      id: 'sin-marca',
      title: 'Sin marca de agua no hay limpieza',
      printed: '«crear una ventana temporal de 15 minutos»',
      happens: 'Con la ventana sola, el estado crece para siempre y `append` se rechaza.',
      fix: 'Añade `withWatermark` al flujo antes del join; aquí, de 10 minutos.',
    },
  ],
  charts: [
    {
      id: 'estado',
      title: 'Filas de estado y marca de agua por lote',
      kind: 'bars',
      needs: ['batchId', 'stateRows', 'stateRemoved', 'watermark'],
      from: 'progress',
      x: { column: 'batchId', label: 'Lote' },
      series: [
        { column: 'stateRows', label: 'Guardadas' },
        { column: 'stateRemoved', label: 'Eliminadas' },
        { column: 'watermark', label: 'Marca de agua', time: true },
      ],
      empty: 'Aún no hay lotes con estado. Arranca la agregación y envía los logins.',
    },
  ],
  inputs: [
    {
      name: 'logins.jsonl',
      folder: 'entrada',
      description: 'Tres logins de dos ventanas, para pegarlos en Kafka',
      atStart: false,
    },
    { name: 'limpieza.jsonl', folder: 'entrada', description: 'Un login de las 13:30', atStart: false },
    {
      name: 'impresiones1.json',
      folder: 'impresiones',
      description: 'Tres anuncios, de 10:00 a 11:00',
      atStart: false,
    },
    { name: 'clicks1.json', folder: 'clicks', description: 'Dos clicks, uno a tiempo', atStart: false },
    { name: 'impresiones2.json', folder: 'impresiones', description: 'Un anuncio de las 18:00', atStart: false },
    { name: 'clicks2.json', folder: 'clicks', description: 'Su click, a las 18:10', atStart: false },
  ],
  dropFolder: 'entrada',
  folders: { input: ['entrada', 'impresiones', 'clicks'], output: [], checkpoint: [] },
  services: { topics: [topic], tables: ['spark.usuarios'], collections: [] },
  commands: [
    {
      command: 'kafka-console-producer.sh --topic usuariosk-limpieza --bootstrap-server iabd-virtualbox:9092',
      body: 'En la pestaña **Kafka**, pega los mensajes de `logins.jsonl`, uno por línea.',
      panel: 'kafka',
    },
  ],
  checks: [
    running,
    grows,
    quarterHour,
    watermark,
    cleanedUpdate,
    cleanedAppend,
    seenProgress,
    matched,
    expired,
    explained,
  ],
});
