import type { CheckContext, CheckedQuery } from '../check-context.ts';
import { answerWords, dataBatches, hasColumns, watermarkDelayMs, windowSpans } from '../common-checks.ts';
import { defineExercise, type Check } from '../define-exercise.ts';
import { amountsByWindow, earliestTime, holdsFigures } from './window-figures.ts';

const topic = 'iabd-bizum';
const collection = 'iabd.bizum';
const watermarkMs = 30_000;

const windowed = ({ queries }: CheckContext): readonly CheckedQuery[] =>
  queries.filter(
    (query) =>
      query.rows !== null &&
      (hasColumns(query.rows, ['start', 'end']) || hasColumns(query.rows, ['window'])) &&
      query.batches.some((batch) => batch.eventTime !== undefined),
  );

const numbersOf = (values: readonly unknown[]): readonly number[] =>
  values.filter((value) => typeof value === 'number');

const messages: Check = {
  id: 'mensajes',
  title: 'El productor ha enviado al menos cinco bizums',
  judge: (context) =>
    context.topic(topic).length >= 5
      ? null
      : `Arranca bizum-kafka.py en la pestaña Productor (van ${context.topic(topic).length} mensajes de 5).`,
};

const readAsBizum: Check = {
  id: 'lectura',
  title: 'Los mensajes se leen como columnas',
  judge: ({ cells }) => {
    const printed = cells
      .filter((cell) => cell.hasRun && cell.source.includes('from_json'))
      .map((cell) => cell.printed)
      .join('\n');
    return ['timestamp', 'cantidad'].every((name) => printed.includes(`-- ${name}:`))
      ? null
      : 'Ejecuta la celda que convierte el valor de cada mensaje con from_json y muestra su esquema.';
  },
};

const fourFigures: Check = {
  id: 'ventanas',
  title: 'Ventanas de tres minutos con media, mayor, menor y cantidad',
  judge: (context) => {
    const queries = windowed(context).filter((query) => dataBatches(query) >= 1);
    if (queries.length === 0) return 'Arranca la consulta por consola, con la marca de agua antes de groupBy.';
    const isThree = ({ rows }: CheckedQuery): boolean =>
      rows !== null && windowSpans(rows).every(({ start, end }) => end - start === 3 && start % 3 === 0);
    const threes = queries.filter(isThree);
    if (threes.length === 0) return 'Las ventanas tienen que ser fijas y de tres minutos.';
    const windows = amountsByWindow(context.topic(topic));
    return threes.some(({ rows }) => rows?.rows.some((row) => holdsFigures(numbersOf(row), windows)))
      ? null
      : 'Falta alguna medida o no cuadra con los mensajes: se piden media, mayor, menor y cantidad de cada ventana.';
  },
};

const watermark: Check = {
  id: 'marca',
  title: 'Una marca de agua de treinta segundos',
  judge: (context) => {
    const delays = windowed(context).flatMap((query) => watermarkDelayMs(query) ?? []);
    if (delays.length === 0) return 'La marca de agua aún no se ha movido: hace falta un lote más.';
    return delays.includes(watermarkMs) ? null : 'La actividad pide una marca de agua de 30 segundos.';
  },
};

const refused: Check = {
  id: 'rechazo',
  title: 'La escritura directa en modo update se rechaza',
  judge: ({ queries }) =>
    queries.some((query) => query.sink === 'mongodb' && query.outputMode === 'update' && query.failed)
      ? null
      : 'Ejecuta la celda que escribe directamente en MongoDB y lee el error de la consulta.',
};

const inMongo: Check = {
  id: 'mongodb',
  title: 'Un documento por ventana en MongoDB, con sus últimos valores',
  judge: (context) => {
    const documents = context.collection(collection);
    if (documents.length === 0) return 'La colección bizum de la base iabd está vacía.';
    const starts = documents.map(earliestTime);
    if (starts.includes(null)) return 'Guarda en cada documento el inicio de su ventana.';
    if (new Set(starts).size < starts.length)
      return 'Hay ventanas repetidas: cada una tiene que ser un solo documento, que se sustituye.';
    const windows = amountsByWindow(context.topic(topic));
    return documents.some((document) => holdsFigures(numbersOf(Object.values(document)), windows))
      ? null
      : 'A los documentos les falta alguna medida, o no cuadra con los mensajes.';
  },
};

const explained: Check = {
  id: 'explicacion',
  title: 'Tu explicación',
  isOfText: true,
  judge: (context) => {
    const words = answerWords(context, 'bizum-respuesta');
    return words >= 25 ? null : `Explica con tus palabras lo que has visto (llevas ${words} palabras de 25).`;
  },
};

/** Bizum: estadísticas por ventana de los mensajes de un productor, por consola y en MongoDB. */
export const bizum = defineExercise({
  id: 'bizum',
  title: 'Bizum · Kafka y MongoDB',
  summary: 'Media, mayor, menor y cantidad de bizums en ventanas de tres minutos, a consola y a MongoDB.',
  minutes: 60,
  tags: ['Kafka', 'marca de agua', 'MongoDB'],
  intro:
    'El script `bizum-kafka.py` envía cada diez segundos unos cuantos bizums a Kafka. Vas a resumirlos **por ventanas de tres minutos**, primero por consola y después en MongoDB, un documento por ventana. El script funciona tal cual en la pestaña **Productor**, a la vez que el cuaderno.',
  steps: [
    {
      id: 'productor',
      title: 'Arranca el productor',
      body: 'En la pestaña **Productor**, elige `bizum-kafka.py` y arráncalo. En **Kafka**, abre `iabd-bizum` y mira cómo llegan los mensajes: captura al menos cinco.',
      hint: 'Con el reloj a ×60, el productor envía seis veces por segundo real.',
      checks: ['mensajes'],
    },
    {
      id: 'leer',
      title: 'Lee los mensajes',
      body: 'Cada valor es un JSON con fecha, nombre, cantidad y concepto. La hora es la de `datetime.now()` **más** entre 1 y 59 segundos: trae **microsegundos** y está **en el futuro**. Por eso la marca de agua, que sigue a la hora mayor, puede ir por delante del reloj: no es un error.',
      hint: 'Con `to_timestamp` y el patrón `yyyy-MM-dd HH:mm:ss` los microsegundos sobran y Spark falla; con el esquema `TimestampType` se leen bien.',
      checks: ['lectura'],
    },
    {
      id: 'ventanas',
      title: 'Resume por ventanas',
      body: 'Añade a la agregación las medidas que faltan: se piden la media, la mayor, la menor y la cantidad de bizums de cada ventana de tres minutos. Llámalas `media`, `mayor`, `menor` y `bizums` y las verás en las gráficas. Arranca la consulta por consola.',
      checks: ['ventanas', 'marca'],
    },
    {
      id: 'rechazo',
      title: 'Intenta escribir directamente',
      body: 'Ejecuta la celda que escribe en MongoDB en modo `update`: la consulta arranca y falla. Lee el error: el conector solo sabe **añadir** documentos o **sustituir** la colección entera.',
      checks: ['rechazo'],
    },
    {
      id: 'mongodb',
      title: 'Guarda cada ventana en MongoDB',
      body: 'Escribe la función de `foreachBatch`. Cada ventana tiene que ser **un** documento con sus últimos valores en la colección `bizum` de la base `iabd`: `operationType` y `idFieldList` deciden qué documento se sustituye.',
      hint: 'Sin `idFieldList`, cada lote añade documentos nuevos y las ventanas se repiten. La columna que identifica una ventana es su inicio.',
      checks: ['mongodb'],
    },
    {
      id: 'explica',
      title: 'Explica lo que ves',
      body: 'En la última celda de texto, explica por qué se rechaza la ruta directa y hasta cuándo puede cambiar una ventana ya guardada.',
      checks: ['explicacion'],
    },
  ],
  errata: [
    {
      id: 'modo-update',
      title: 'Modo *update* hacia MongoDB',
      printed: '«almacena el resultado en MongoDB en modo *update*»',
      happens: '`MongoTable() does not support Update mode`: el conector de MongoDB no lo admite como flujo.',
      fix: '`outputMode("update")` con `foreachBatch`, y dentro una escritura *batch*.',
    },
    {
      id: 'paquetes',
      title: 'Arrancar con `--packages`',
      printed: '`pyspark --packages org.apache.spark:spark-sql-kafka-0-10_2.12:3.3.1,…`',
      happens: 'En una máquina con Spark descarga los conectores.',
      fix: 'Aquí ya están. En otra máquina, la versión tiene que ser la de su Spark.',
    },
  ],
  charts: [
    {
      id: 'banda',
      title: 'Bizums por ventana: menor, media y mayor',
      kind: 'band',
      needs: ['start', 'end', 'menor', 'media', 'mayor'],
      from: 'query',
      x: { column: 'start', label: 'Ventana', end: 'end', endLabel: 'Fin' },
      series: [
        { column: 'menor', label: 'Menor' },
        { column: 'media', label: 'Media' },
        { column: 'mayor', label: 'Mayor' },
      ],
      empty: 'Aún no hay ventanas con las tres medidas. Completa la agregación y arranca la consulta.',
    },
    {
      id: 'cantidad',
      title: 'Cuántos bizums por ventana',
      kind: 'bars',
      needs: ['start', 'end', 'bizums'],
      from: 'query',
      x: { column: 'start', label: 'Ventana', end: 'end', endLabel: 'Fin' },
      series: [{ column: 'bizums', label: 'Bizums' }],
      empty: 'Aún no hay ventanas con la cantidad de bizums.',
    },
  ],
  inputs: [
    { name: 'bizum-kafka.py', folder: '.', description: 'El productor, tal cual lo da la página', atStart: true },
    {
      name: 'mensajes.jsonl',
      folder: 'entrada',
      description: 'Los seis mensajes de ejemplo de la página',
      atStart: false,
    },
  ],
  dropFolder: 'entrada',
  folders: {
    input: ['entrada'],
    output: [],
    checkpoint: ['chk-point-dir-bizum', 'chk-point-dir-directo'],
  },
  producer: 'bizum-kafka.py',
  services: { topics: [topic], tables: [], collections: [collection] },
  commands: [
    {
      command: 'python bizum-kafka.py',
      body: 'La pestaña **Productor** ejecuta el script sin cambiar nada, en un Python aparte, y cuenta lo enviado.',
      panel: 'producer',
    },
    {
      command: 'kafka-console-consumer.sh --topic iabd-bizum --from-beginning --bootstrap-server iabd-virtualbox:9092',
      body: 'En la pestaña **Kafka**, la vista de consola muestra los mensajes como el consumidor del terminal.',
      panel: 'kafka',
    },
    {
      command: 'mongosh iabd --eval "db.bizum.find()"',
      body: 'La pestaña **MongoDB** consulta la colección con `find` y con `aggregate`.',
      panel: 'mongodb',
    },
    {
      command:
        'pyspark --packages org.apache.spark:spark-sql-kafka-0-10_2.12:3.3.1,org.mongodb.spark:mongo-spark-connector_2.12:10.1.1',
      body: 'Los conectores de Kafka y de MongoDB ya están. En otra máquina se indican así, con la versión de su Spark.',
      panel: 'none',
    },
  ],
  checks: [messages, readAsBizum, fourFigures, watermark, refused, inMongo, explained],
});
