import type { CheckContext, CheckedQuery } from '../check-context.ts';
import { answerWords, columnValues, dataBatches, hasColumns } from '../common-checks.ts';
import { defineExercise, type Check } from '../define-exercise.ts';

const joined = ['id', 'nombre', 'login_time', 'ultimoLogin'];
const topic = 'usuariosk';
const usersTable = 'spark.usuarios';
const newTable = 'spark.usuariosNuevos';

const joinQueries = ({ queries }: CheckContext): readonly CheckedQuery[] =>
  queries.filter((query) => query.rows !== null && hasColumns(query.rows, joined));

const loginIds = (context: CheckContext): readonly string[] =>
  context.topic(topic).flatMap((record) => {
    try {
      const { login_id: id } = JSON.parse(record.value ?? '') as { readonly login_id?: unknown };
      return typeof id === 'string' || typeof id === 'number' ? [String(id)] : [];
    } catch {
      return [];
    }
  });

const produced: Check = {
  id: 'mensajes',
  title: 'Han llegado logins al topic usuariosk',
  judge: (context) =>
    loginIds(context).length >= 2 ? null : 'Envía al topic los logins de la página, en formato JSON y uno por mensaje.',
};

const tableRead: Check = {
  id: 'tabla',
  title: 'La tabla de usuarios se ha leído por JDBC',
  judge: ({ batchResults }) =>
    batchResults.some((rows) => hasColumns(rows, ['id', 'nombre', 'ultimoLogin']) && rows.total >= 4)
      ? null
      : 'Lee spark.usuarios por JDBC y muestra sus filas.',
};

const joinRuns: Check = {
  id: 'join',
  title: 'El join sale por consola',
  judge: (context) =>
    joinQueries(context).some((query) => query.sink === 'console' && dataBatches(query) >= 1)
      ? null
      : 'Arranca la consulta del join y envía algún login de un usuario que exista.',
};

/** Some batch read more rows than it wrote; a sink that does not count says -1. */
const losesRows = ({ batches }: CheckedQuery): boolean =>
  batches.some(({ numInputRows, sink }) => sink.numOutputRows >= 0 && numInputRows > sink.numOutputRows);

const unknownUser: Check = {
  id: 'sin-usuario',
  title: 'Un login sin usuario no aparece en la salida',
  judge: (context) => {
    const known = new Set(context.table(usersTable)?.rows.map((row) => row[0]));
    const isSent = loginIds(context).some((id) => !known.has(id));
    if (!isSent) return 'Envía el login de un usuario que no esté en la tabla.';
    return joinQueries(context).some(losesRows)
      ? null
      : 'El login está en el topic; deja que la consulta del join lo lea.';
  },
};

const changedUser: Check = {
  id: 'usuario-cambiado',
  title: 'Un cambio en la tabla se ve en el lote siguiente',
  judge: (context) => {
    const names = context.table(usersTable)?.rows.map((row) => String(row[1])) ?? [];
    const changed = names.filter((name) => !original.includes(name));
    if (changed.length === 0) return 'Cambia el nombre de un usuario con UPDATE en la pestaña MariaDB.';
    const shown = context.queries.flatMap((query) =>
      query.rows ? columnValues(query.rows, 'nombre').map(String) : [],
    );
    return changed.some((name) => shown.includes(name))
      ? null
      : 'El usuario ha cambiado; envía otro login suyo y mira qué nombre sale.';
  },
};

/** The names that the course's table begins with. */
const original: readonly string[] = ['Aitor Medrano', 'Pedro Casas', 'Laura García', 'Mª Josep Vidal'];

const saved: Check = {
  id: 'guardado',
  title: 'Los logins están en spark.usuariosNuevos',
  judge: (context) => {
    const table = context.table(newTable);
    if (table === null) return 'Arranca la consulta con foreachBatch: creará la tabla con su primer lote.';
    const columns = table.columns.map((name) => name.toLowerCase());
    if (!columns.includes('batchid')) return 'Guarda también el número de lote, en una columna batchId.';
    return table.rows.length > 0 ? null : 'La tabla existe, pero está vacía: envía un login de un usuario que exista.';
  },
};

const explained: Check = {
  id: 'explicacion',
  title: 'Tu explicación del join',
  isOfText: true,
  judge: (context) => {
    const words = answerWords(context, 'caso8-respuesta');
    return words >= 25 ? null : `Explica con tus palabras qué has visto (llevas ${words} palabras de 25).`;
  },
};

/** Caso 8: logins de Kafka unidos con la tabla de usuarios de MariaDB, por consola y a otra tabla. */
export const caso8 = defineExercise({
  id: 'caso-8',
  title: 'Caso 8 · Kafka y MariaDB',
  summary: 'Une los logins que llegan por Kafka con la tabla de usuarios y guarda el resultado.',
  minutes: 50,
  tags: ['Kafka', 'JDBC', 'join', 'foreachBatch'],
  intro:
    'Una aplicación envía a Kafka cada *login* con el identificador del usuario; los nombres están en MariaDB. Vas a **unir un flujo con una tabla** y a guardar el resultado con `foreachBatch`. No hay nada que instalar: Kafka y MariaDB están en las pestañas de abajo.',
  steps: [
    {
      id: 'tabla',
      title: 'Mira la tabla de usuarios',
      body: 'En la pestaña **MariaDB** está `spark.usuarios`, con las cuatro filas de la página. Ejecuta las celdas hasta la lectura por JDBC: `id` es `decimal(20,0)` porque en MariaDB es un `BIGINT UNSIGNED`.',
      checks: ['tabla'],
    },
    {
      id: 'mensajes',
      title: 'Envía los primeros logins',
      body: 'En la pestaña **Kafka**, elige el topic `usuariosk` y pega los mensajes de `logins.jsonl`, uno por línea.',
      checks: ['mensajes'],
    },
    {
      id: 'join',
      title: 'Arranca el join',
      body: 'La consulta se dispara cada minuto: con el reloj puedes saltar **hasta el siguiente disparo**. El flujo trae texto y la tabla un decimal; Spark compara los dos como números.',
      checks: ['join'],
    },
    {
      id: 'sin-usuario',
      title: 'Un login sin usuario',
      body: 'El usuario 5 no está en la tabla. Comprueba en el gráfico que entran más filas de las que salen.',
      hint: 'El join es `inner`: lo que no tiene pareja desaparece sin avisar.',
      checks: ['sin-usuario'],
    },
    {
      id: 'cambio',
      title: 'Cambia un usuario entre dos lotes',
      body: 'En **MariaDB**, ejecuta un `UPDATE` sobre el nombre de un usuario y envía otro login suyo. La tabla se vuelve a leer **en cada lote**.',
      checks: ['usuario-cambiado'],
    },
    {
      id: 'guardar',
      title: 'Guarda cada lote en MariaDB',
      body: 'Ejecuta la celda de `foreachBatch`: cada lote se añade a `spark.usuariosNuevos` con su número. Ábrela en la pestaña MariaDB: las filas del último lote salen resaltadas.',
      hint: 'Con `mode("append")` un mismo login repetido se guarda dos veces: Spark no sabe hacer *upserts* por JDBC.',
      checks: ['guardado'],
    },
    {
      id: 'explica',
      title: 'Explica lo que ves',
      body: 'En la última celda de texto, explica qué ha pasado con el login sin usuario y cuándo se ve un cambio de la tabla.',
      checks: ['explicacion'],
    },
  ],
  errata: [
    {
      id: 'drop-table',
      title: 'El `DROP TABLE` del final',
      printed: '`DROP TABLE IF EXISTS spark.usuarios;` detrás del `CREATE TABLE`',
      happens: 'Borra la tabla recién creada, y el `INSERT` siguiente falla con `1146`.',
      fix: 'Aquí la tabla ya está creada y llena. Si pegas el SQL de la página, quita esa línea.',
    },
    {
      id: 'def',
      title: 'Una función que no es Python',
      printed: '`def guardarMysql = (batch_df, batch_id):`',
      happens: 'Python da `SyntaxError`: esa forma es de Scala.',
      fix: '`def guardarMysql(batch_df, batch_id):`',
    },
    {
      id: 'lit-batchid',
      title: '`lit` y `batchId`',
      printed: '`.withColumn("batchId", lit(batchId))`',
      happens:
        '`lit` no se ha importado y el parámetro se llama `batch_id`: el error sale en la consulta, no en la celda.',
      fix: '`from pyspark.sql.functions import lit` y `lit(batch_id)`.',
    },
    {
      id: 'salida-de-ejemplo',
      title: 'La salida de ejemplo',
      printed: 'Las columnas `id`, `nombre`, `ultimoLogin`, `login_time`, con un último login del 16 de mayo.',
      happens: 'El `select` las pide en otro orden, y el `INSERT` de Aitor dice 13 de mayo. El primer lote es el 0.',
      fix: 'Compara con lo que sale al ejecutar la celda.',
    },
    {
      id: 'comillas',
      title: 'Unas comillas sin cerrar',
      printed: '`col("login_time").alias("ultimoLogin)`',
      happens: '`SyntaxError: unterminated string literal`.',
      fix: 'El cuaderno las cierra.',
    },
  ],
  charts: [
    {
      id: 'logins',
      title: 'Logins unidos y sin pareja (entradas menos salidas)',
      kind: 'bars',
      needs: ['batchId', 'numInputRows', 'numOutputRows'],
      from: 'progress',
      x: { column: 'batchId', label: 'Lote' },
      series: [
        { column: 'numOutputRows', label: 'Unidos' },
        {
          column: 'unmatched',
          label: 'Sin pareja (entradas menos salidas)',
          derived: { left: 'numInputRows', right: 'numOutputRows' },
        },
      ],
      empty: 'Aún no hay lotes. Arranca el join y envía algún login.',
    },
  ],
  inputs: [
    {
      name: 'logins.jsonl',
      folder: 'entrada',
      description: 'Los cuatro logins de la página, uno sin usuario',
      atStart: false,
    },
    {
      name: 'usuarios.sql',
      folder: 'entrada',
      description: 'El SQL de la página en el orden que funciona, para la pestaña MariaDB',
      atStart: false,
    },
  ],
  dropFolder: 'entrada',
  folders: { input: ['entrada'], output: [], checkpoint: ['chk-point-dir-caso8'] },
  services: { topics: [topic], tables: [usersTable, newTable], collections: [] },
  commands: [
    {
      command: 'zookeeper-server-start.sh ./config/zookeeper.properties',
      body: 'No hace falta: el Kafka de Marea no usa ZooKeeper.',
      panel: 'none',
    },
    {
      command: 'kafka-server-start.sh ./config/server.properties',
      body: 'Kafka arranca solo la primera vez que alguien lo usa. La pestaña **Kafka** dice en qué puerto escucha.',
      panel: 'kafka',
    },
    {
      command: 'kafka-topics.sh --create --topic usuariosk --bootstrap-server iabd-virtualbox:9092',
      body: 'El topic `usuariosk` ya está creado. En la pestaña **Kafka** puedes crear otros.',
      panel: 'kafka',
    },
    {
      command: 'kafka-console-producer.sh --topic usuariosk --bootstrap-server iabd-virtualbox:9092',
      body: 'En la pestaña **Kafka**, escribe un mensaje o pega varios, uno por línea.',
      panel: 'kafka',
    },
  ],
  checks: [tableRead, produced, joinRuns, unknownUser, changedUser, saved, explained],
});
