import { fixed, says, type CardRow, type RaisedError } from './card-row.ts';

/** Nobody answers at the address: Spark's words when it reads and when it writes, and those of the `kafka` package. */
const isUnreachable = (error: RaisedError): boolean =>
  error.name === 'NoBrokersAvailable' ||
  says('Timed out waiting for a node assignment')(error) ||
  /Topic \S+ not present in metadata after \d+ ms/.test(error.text);

/** Cards for what Kafka and its connector refuse in the course's code. */
export const kafkaCards: readonly CardRow[] = [
  {
    matches: says('UnknownTopicOrPartitionException'),
    card: fixed(
      'Ese *topic* no existe en Kafka',
      'Spark no crea los *topics* que lee: si falta al arrancar, o se borra después, la consulta falla.',
      'Revisa el nombre en `subscribe`, crea el *topic* en la pestaña Kafka (o envíale un primer mensaje) y vuelve a arrancar la consulta.',
    ),
  },
  {
    matches: isUnreachable,
    card: fixed(
      'Kafka no responde',
      'Nadie contesta en la dirección de `kafka.bootstrap.servers`, o el servidor se ha parado.',
      'Comprueba la dirección y, en Servicios, que Kafka esté en marcha. Al arrancarla de nuevo, la consulta sigue desde su carpeta de control.',
    ),
  },
  {
    matches: (error) => /Failed to (?:create new KafkaAdminClient|construct kafka producer)/.test(error.text),
    card: fixed(
      'La dirección de Kafka está mal escrita',
      'Cada servidor se escribe como `máquina:puerto`, y el nombre de la máquina tiene que existir.',
      'Escribe `.option("kafka.bootstrap.servers", "localhost:9092")`.',
    ),
  },
  {
    matches: says('Some data may have been lost because they are not available in Kafka any more'),
    card: fixed(
      'En Kafka faltan mensajes que la consulta tenía que leer',
      'Su carpeta de control apunta a mensajes que ya no están: el *topic* se borró, se volvió a crear o ha caducado su contenido.',
      'Si puedes perderlos, añade `.option("failOnDataLoss", "false")`; si quieres empezar de cero, usa otra carpeta en `checkpointLocation`.',
    ),
  },
  {
    matches: says('One of the following options must be specified for Kafka source'),
    card: fixed(
      'Falta decir qué *topic* se lee',
      'La fuente de Kafka necesita una de estas opciones: `subscribe`, `subscribePattern` o `assign`.',
      'Añade `.option("subscribe", "mi-topic")` antes de `load()`.',
    ),
  },
  {
    matches: says('Only one of the following options can be specified for Kafka source'),
    card: fixed(
      'Sobra una forma de elegir los *topics*',
      'Las opciones `subscribe`, `subscribePattern` y `assign` no se pueden combinar.',
      'Deja solo una de las tres.',
    ),
  },
  {
    matches: (error) =>
      says("Option 'kafka.bootstrap.servers' must be specified")(error) ||
      says('key not found: bootstrap.servers')(error),
    card: fixed(
      'Falta la dirección de Kafka',
      'Ni la lectura ni la escritura saben a qué servidor conectarse.',
      'Añade `.option("kafka.bootstrap.servers", "localhost:9092")`.',
    ),
  },
  {
    matches: (error) => /topic option required when no 'topic'|null topic present in the data/.test(error.text),
    card: fixed(
      'Falta decir en qué *topic* se escribe',
      'Lo dice la opción `topic`, o una columna `topic` que no puede ser nula.',
      'Añade `.option("topic", "mi-topic")` antes de `start()` o de `save()`.',
    ),
  },
  {
    matches: says("Required attribute 'value' not found"),
    card: fixed(
      'Kafka quiere una columna `value`',
      'Cada mensaje es una columna `value` (y, si quieres, `key`); las demás no se envían.',
      'Antes de escribir usa `.selectExpr("CAST(id AS STRING) AS key", "to_json(struct(*)) AS value")`.',
    ),
  },
  {
    matches: (error) => /(?:key|value) attribute unsupported type/.test(error.text),
    card: fixed(
      'Kafka solo guarda texto o bytes',
      'Las columnas `key` y `value` tienen que ser `string` o `binary`.',
      'Conviértelas con `cast("string")`, o junta varias columnas con `to_json(struct(…))`.',
    ),
  },
];
