import type { ErrorCard } from '../contract/events.ts';
import { fixed, says, type CardRow, type RaisedError } from './card-row.ts';
import { kafkaCards } from './kafka-cards.ts';
import { serviceCards } from './service-cards.ts';
import { sparkCards } from './spark-cards.ts';

const backQuoted = (error: RaisedError): readonly string[] =>
  [...error.text.matchAll(/`([^`]+)`/g)].flatMap((match) => match[1] ?? []);

/** Names that the course's page misspells, with the one it means. */
const pageNames: Readonly<Record<string, string>> = {
  words_df: 'dfPalabras',
  batchId: 'batch_id',
  lit: 'lit (impórtalo: `from pyspark.sql.functions import lit`)',
};

/** Cards for what Spark and Python refuse in the course's own code. */
const courseCards: readonly CardRow[] = [
  {
    matches: says('Queries with streaming sources must be executed with writeStream.start()'),
    card: fixed(
      'Un flujo no se puede mostrar con `show()`',
      'Los datos de un flujo no terminan, así que no hay un resultado que enseñar de una vez.',
      'Arranca una consulta con `writeStream … start()`, o cambia `readStream` por `read` para probar.',
    ),
  },
  {
    matches: says('Append output mode not supported when there are streaming aggregations'),
    card: fixed(
      '`append` necesita marca de agua',
      'Sin ella Spark no sabe cuándo una ventana ya no va a cambiar, y `append` solo escribe lo definitivo.',
      'Añade `.withWatermark("columna", "30 minutes")` antes de `groupBy` y repite el `select`, o usa `update` o `complete`.',
    ),
  },
  {
    matches: says('Sorting is not supported on streaming DataFrames/Datasets'),
    card: fixed(
      '`orderBy` solo vale en modo `complete` y tras agregar',
      'En los demás modos las filas salen poco a poco y no hay nada entero que ordenar.',
      'Quita `orderBy` o cambia el modo de salida a `complete`.',
    ),
  },
  {
    matches: says('Complete output mode not supported when there are no streaming aggregations'),
    card: fixed(
      '`complete` necesita una agregación',
      'Volver a escribir todas las filas de un flujo sin agrupar exigiría guardarlo entero.',
      'Usa `append`, o agrupa antes con `groupBy`.',
    ),
  },
  {
    matches: (error) => /Data source \w+ does not support Update output mode/.test(error.text),
    card: fixed(
      'Un fichero no se puede modificar',
      'El modo `update` cambia filas ya escritas y un fichero solo admite filas nuevas.',
      'Usa `append` con marca de agua.',
    ),
  },
  {
    matches: says('does not support Complete output mode'),
    card: fixed(
      'Este destino no admite `complete`',
      'Los ficheros solo admiten filas nuevas.',
      'Usa `append` con marca de agua, o un destino que pueda sustituir su contenido.',
    ),
  },
  {
    matches: says('checkpointLocation must be specified'),
    card: fixed(
      'Este destino necesita carpeta de control',
      'Ahí apunta Spark qué ha leído y qué ha escrito, para no repetir ni perder filas.',
      'Añade `.option("checkpointLocation", "chk-…")` antes de `start()`.',
    ),
  },
  {
    matches: (error) =>
      says("Provided schema doesn't match to the schema for existing state")(error) ||
      error.condition === 'STATE_STORE_KEY_SCHEMA_NOT_COMPATIBLE' ||
      says('sources in the checkpoint offsets')(error),
    card: fixed(
      'Esta carpeta de control es de otra consulta',
      'Guarda el estado de una agregación distinta y no se puede continuar con él.',
      'Usa otra carpeta en `checkpointLocation`, o bórrala si no te importa empezar de cero.',
    ),
  },
  {
    matches: (error) =>
      error.condition === 'CONCURRENT_STREAM_LOG_UPDATE' ||
      says('Multiple streaming queries are concurrently using')(error),
    card: fixed(
      'Dos consultas usan la misma carpeta de control',
      'Cada consulta necesita la suya: las dos escriben el mismo lote.',
      'Detén la otra consulta o cambia `checkpointLocation`.',
    ),
  },
  {
    matches: says('Redefining watermark is disallowed'),
    card: fixed(
      'Solo una marca de agua por flujo',
      'El flujo ya tenía una marca definida más arriba.',
      'Quita uno de los dos `withWatermark`.',
    ),
  },
  {
    matches: (error) => error.condition === 'EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE',
    card: fixed(
      'La marca de agua quiere una columna de tipo timestamp',
      'La columna todavía es texto.',
      'Conviértela antes con `to_timestamp`.',
    ),
  },
  {
    matches: (error) => error.condition === 'CANNOT_CONVERT_COLUMN_INTO_BOOL',
    card: fixed(
      'Aquí no va una columna',
      'Si viene de `withWatermark`, el primer argumento es el **nombre** de la columna (errata de la página). Si es una condición, `and`, `or` y `not` no valen con columnas.',
      'Escribe `.withWatermark("timestamp", …)`; en condiciones usa `&`, `|` y `~` con paréntesis.',
    ),
  },
  {
    matches: (error) => error.condition === 'NOT_LIST_OR_TUPLE' && says('subset')(error),
    card: fixed(
      '`dropDuplicates` quiere una lista',
      'La página pasa los nombres sueltos, que es la forma de Scala.',
      'Escribe `dropDuplicates(["id", "ts"])`.',
    ),
  },
  {
    matches: (error) => error.name === 'TypeError' && says('dropDuplicates() takes')(error),
    card: fixed(
      '`dropDuplicates` quiere una lista',
      'La página pasa los nombres sueltos, que es la forma de Scala.',
      'Escribe `dropDuplicates(["id", "ts"])`.',
    ),
  },
  {
    matches: (error) => error.condition?.startsWith('UNRESOLVED_COLUMN') === true,
    card: (error) => {
      const [wanted, ...near] = backQuoted(error);
      return {
        title: `No hay ninguna columna «${wanted ?? '?'}»`,
        why:
          near.length > 0
            ? `Las que más se parecen: ${near.map((name) => `\`${name}\``).join(', ')}.`
            : 'El DataFrame no tiene columnas con ese nombre.',
        fix: 'Mira los nombres con `printSchema()` y corrige esta línea.',
      };
    },
  },
  {
    matches: (error) => error.condition === 'PATH_NOT_FOUND',
    card: (error) => ({
      title: 'Esa carpeta o fichero no existe',
      why: error.text.replace(/^\[PATH_NOT_FOUND\] /, ''),
      fix: 'Créala antes de leer: las rutas empiezan en la carpeta de la actividad.',
    }),
  },
  {
    matches: (error) => error.condition === 'UNABLE_TO_INFER_SCHEMA',
    card: fixed(
      'Todavía no hay ficheros que leer',
      'La carpeta existe, pero está vacía: la consulta aún no ha escrito ningún lote.',
      'Espera al primer lote y vuelve a ejecutar la celda.',
    ),
  },
  {
    matches: says('Schema must be specified when creating a streaming source DataFrame'),
    card: fixed(
      'Un flujo de ficheros necesita esquema',
      'Spark no puede deducirlo de ficheros que aún no han llegado.',
      'Añade `.schema(…)` antes de `load()`.',
    ),
  },
  {
    matches: says('Fail to parse', 'in the new parser'),
    card: fixed(
      'El patrón de fecha no cubre todo el texto',
      'Sobran caracteres, por ejemplo los microsegundos.',
      'Quita el patrón, o complétalo: `"yyyy-MM-dd HH:mm:ss[.SSSSSS]"`.',
    ),
  },
  {
    matches: (error) => error.name === 'KernelDied',
    card: fixed(
      'Python se ha parado mientras ejecutaba esta celda',
      'El programa ha cerrado el intérprete o ha agotado su memoria. El cuaderno, las salidas y los checkpoints se conservan; las variables se han perdido.',
      'Python ya está arrancando de nuevo: vuelve a ejecutar las celdas desde la primera y revisa esta.',
    ),
  },
  {
    matches: (error) => error.name === 'NameError',
    card: (error) => {
      const name = /name '(\w+)' is not defined/.exec(error.text)?.[1] ?? '';
      const meant = pageNames[name];
      return {
        title: `«${name}» no está definido`,
        why: meant
          ? 'La página lo llama así por error.'
          : 'No se ha ejecutado la celda que lo crea, o el nombre está mal escrito.',
        fix: meant ? `Usa ${meant}.` : 'Ejecuta antes la celda que lo define, o corrige el nombre.',
      };
    },
  },
  {
    matches: (error) => error.name === 'SyntaxError' && says('unterminated string literal')(error),
    card: fixed(
      'Falta cerrar unas comillas',
      'En la página, `.alias("ultimoLogin))` está sin cerrar.',
      'Escribe `.alias("ultimoLogin"))`.',
    ),
  },
  {
    matches: (error) => error.name === 'SyntaxError' && says("expected '('")(error),
    card: fixed(
      'Así no se define una función',
      'En Python no lleva `=` antes de los parámetros.',
      'Escribe `def guardarMysql(batch_df, batch_id):`.',
    ),
  },
  {
    matches: (error) => error.name === 'SyntaxError' || error.name === 'IndentationError',
    card: fixed(
      'Python no entiende esta celda',
      'Falta o sobra algo: un paréntesis, unas comillas, una barra `\\` al final de línea. Los `...` de la página son un resumen, no código.',
      'Mira la línea marcada y la anterior.',
    ),
  },
  {
    matches: (error) => /java\.sql\.[A-Za-z]*Exception: Table '[^']+' doesn't exist/.test(error.text),
    card: (error) => ({
      title: 'Esa tabla no existe en MariaDB',
      why: `El servidor no conoce ${/Table '([^']+)'/.exec(error.text)?.[1] ?? 'la tabla'}.`,
      fix: 'Créala en la pestaña MariaDB, o revisa `dbtable`: se escribe `base.tabla`.',
    }),
  },
];

/** The card for an error of a cell or of a query; undefined when Spark's own text says it all. The first row that matches wins. */
export const errorCard = (error: RaisedError): ErrorCard | undefined =>
  [...kafkaCards, ...serviceCards, ...courseCards, ...sparkCards].find((row) => row.matches(error))?.card(error);
