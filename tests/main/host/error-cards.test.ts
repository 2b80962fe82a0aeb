import { expect, test } from 'vitest';
import { errorCard } from '../../../main/host/error-cards.ts';

test.each([
  [
    'StreamingQueryException',
    '[STREAM_FAILED] Query [id = a, runId = b] terminated with exception: requirement failed: MongoTable() does not support Update mode.',
    'El conector de MongoDB no escribe flujos en modo `update`',
  ],
  [
    'Py4JJavaError',
    'An error occurred while calling o40.save.\n: org.apache.spark.SparkException: Writing job failed.\nCaused by: com.mongodb.MongoTimeoutException: Timed out while waiting for a server that matches WritableServerSelector.',
    'MongoDB no responde',
  ],
  ['ServerSelectionTimeoutError', 'localhost:27017: [Errno 111] Connection refused', 'MongoDB no responde'],
  [
    'DuplicateKeyError',
    'E11000 duplicate key error collection: iabd.c index: _id_',
    'Ya hay un documento con esa clave',
  ],
  [
    'Py4JJavaError',
    ': com.mongodb.spark.sql.connector.exceptions.ConfigException: Missing configuration for: database',
    'Falta decir dónde está la colección',
  ],
  [
    'StreamingQueryException',
    '[STREAM_FAILED] Query [id = a] terminated with exception: Writing job failed.',
    'No se ha podido escribir el lote',
  ],
])('a MongoDB error of the course has its card: %s, %s', (name, text, title) => {
  expect(errorCard({ name, text })?.title).toBe(title);
});

test.each([
  [': java.lang.ClassNotFoundException: com.mysql.jdbc.Drive', 'Spark no encuentra el *driver* de MySQL'],
  [': java.lang.ClassNotFoundException: org.postgresql.Driver', 'Marea solo trae el *driver* de MySQL'],
  [': java.sql.SQLException: No suitable driver', 'Falta decir qué *driver* usar'],
  [
    ': java.lang.NoSuchMethodException: org.apache.spark.sql.execution.datasources.jdbc.DriverWrapper.<init>()',
    'Falta decir qué *driver* usar',
  ],
  [
    ": java.sql.SQLException: Access denied for user 'iabd'@'localhost' (using password: YES)",
    'MariaDB no acepta ese usuario o esa contraseña',
  ],
  [": java.sql.SQLSyntaxErrorException: Table 'spark.usuario' doesn't exist", 'Esa tabla no existe en MariaDB'],
  [': com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure', 'MariaDB no contesta'],
])('a JDBC error of the course has its card: %s', (text, title) => {
  expect(errorCard({ name: 'Py4JJavaError', text })?.title).toBe(title);
});

test.each([
  [
    '[STREAM_FAILED] Query [id = a] terminated with exception: org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.',
    'Ese *topic* no existe en Kafka',
  ],
  [
    'org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: describeTopics',
    'Kafka no responde',
  ],
  ['TimeoutException: Topic t not present in metadata after 60000 ms.', 'Kafka no responde'],
  ['KafkaException: Failed to create new KafkaAdminClient', 'La dirección de Kafka está mal escrita'],
  [
    "Partition t-0's offset was changed from 9 to 3, some data may have been missed. \nSome data may have been lost because they are not available in Kafka any more; either the",
    'En Kafka faltan mensajes que la consulta tenía que leer',
  ],
  ['One of the following options must be specified for Kafka source: subscribe', 'Falta decir qué *topic* se lee'],
  ['Only one of the following options can be specified for Kafka source', 'Sobra una forma de elegir los *topics*'],
  ["Option 'kafka.bootstrap.servers' must be specified for", 'Falta la dirección de Kafka'],
  ["topic option required when no 'topic' attribute is present.", 'Falta decir en qué *topic* se escribe'],
  ["Required attribute 'value' not found", 'Kafka quiere una columna `value`'],
  ['value attribute unsupported type int. value must be a(n) string or binary', 'Kafka solo guarda texto o bytes'],
])('a Kafka error of the course has its card: %s', (text, title) => {
  expect(errorCard({ name: 'StreamingQueryException', text })?.title).toBe(title);
});

test('the kafka package without a server has the card of a server that does not answer', () => {
  expect(errorCard({ name: 'NoBrokersAvailable', text: 'NoBrokersAvailable' })?.title).toBe('Kafka no responde');
});

/** What Spark 3.5.7 and Python say, cut to what the card is chosen by. */
test.each([
  [
    'NotImplementedError',
    undefined,
    'Marea no incluye DataFrame.crosstab; usa groupBy().pivot().count(). Ejecuta este cuaderno en Spark para usarlo.',
    'Marea no tiene esta parte de Spark',
  ],
  [
    'AnalysisException',
    'NOT_SUPPORTED_BY_MAREA',
    'Marea does not have the function xpath.',
    'Marea no tiene esta parte de Spark',
  ],
  [
    'AnalysisException',
    undefined,
    'Failed to find data source: kafka. Please deploy the application',
    'Falta el paquete de Kafka en la sesión',
  ],
  [
    'Py4JJavaError',
    undefined,
    '[DATA_SOURCE_NOT_FOUND] Failed to find the data source: jsn. Please find packages at',
    'No hay ningún formato «jsn»',
  ],
  [
    'AnalysisException',
    'AMBIGUOUS_REFERENCE',
    '[AMBIGUOUS_REFERENCE] Reference `id` is ambiguous, could be: [`a`.`id`, `b`.`id`].',
    'Hay más de una columna «id»',
  ],
  [
    'AnalysisException',
    'TABLE_OR_VIEW_NOT_FOUND',
    '[TABLE_OR_VIEW_NOT_FOUND] The table or view `ventas` cannot be found.',
    'No hay ninguna tabla ni vista «ventas»',
  ],
  [
    'AnalysisException',
    'UNRESOLVED_ROUTINE',
    '[UNRESOLVED_ROUTINE] Cannot resolve function `summ` on search path',
    'Spark no tiene ninguna función «summ»',
  ],
  [
    'ParseException',
    'PARSE_SYNTAX_ERROR',
    "[PARSE_SYNTAX_ERROR] Syntax error at or near 'FORM'.",
    'Spark no entiende ese texto SQL',
  ],
  [
    'AnalysisException',
    'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
    '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve',
    'Los tipos no encajan',
  ],
  [
    'AnalysisException',
    'MISSING_AGGREGATION',
    '[MISSING_AGGREGATION] The non-aggregating expression "a" is based on columns',
    'Esa columna ni agrupa ni se agrega',
  ],
  [
    'AnalysisException',
    'CANNOT_PARSE_INTERVAL',
    "[CANNOT_PARSE_INTERVAL] Unable to parse '10 min'.",
    'Esa duración no está bien escrita',
  ],
  [
    'AnalysisException',
    'PATH_ALREADY_EXISTS',
    '[PATH_ALREADY_EXISTS] Path file:/x already exists.',
    'Esa carpeta ya existe',
  ],
  [
    'IllegalArgumentException',
    undefined,
    'Cannot start query with name totales as a query with that name is already active in this SparkSession',
    'Ya hay una consulta en marcha con ese nombre',
  ],
  [
    'AnalysisException',
    'CALL_ON_STREAMING_DATASET_UNSUPPORTED',
    'The method `write` can not be called on streaming Dataset/DataFrame.',
    'Un flujo se escribe con `writeStream`',
  ],
  [
    'AnalysisException',
    'WRITE_STREAM_NOT_ALLOWED',
    '[WRITE_STREAM_NOT_ALLOWED] `writeStream` can be called only on streaming Dataset/DataFrame.',
    '`writeStream` es solo para flujos',
  ],
  [
    'AnalysisException',
    undefined,
    'Stream-stream LeftOuter join between two streaming DataFrame/Datasets is not supported without a watermark in the join keys',
    'Este `join` de dos flujos necesita marca de agua',
  ],
  [
    'AnalysisException',
    undefined,
    "Detected pattern of possible 'correctness' issue due to global watermark.",
    'Aquí no se puede encadenar otra operación con estado',
  ],
  [
    'StreamingQueryException',
    undefined,
    '[STREAM_FAILED] Query [id = a] terminated with exception: Connection refused',
    'Nadie escucha en esa dirección',
  ],
  [
    'PythonException',
    undefined,
    '\n  An exception was thrown from the Python worker. Please see the stack trace below.\nTraceback',
    'Ha fallado una función de Python',
  ],
  ['AttributeError', undefined, "'NoneType' object has no attribute 'show'", 'Esa variable vale `None`'],
  ['AttributeError', undefined, "'DataFrame' object has no attribute 'cantidda'", 'No existe «cantidda»'],
  ['ModuleNotFoundError', undefined, "No module named 'sklearn'", 'Falta el módulo «sklearn»'],
  ['TypeError', undefined, "'Column' object is not callable", 'Una columna no se puede llamar como una función'],
] as const)('a frequent error of Spark or Python has its card: %s %s', (name, condition, text, title) => {
  expect(errorCard({ name, text, ...(condition === undefined ? {} : { condition }) })?.title).toBe(title);
});
