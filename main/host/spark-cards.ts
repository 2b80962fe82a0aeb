import { fixed, says, type CardRow, type RaisedError } from './card-row.ts';

const firstQuoted = (error: RaisedError): string => /`([^`]+)`/.exec(error.text)?.[1] ?? '?';
const isCondition =
  (...conditions: readonly string[]) =>
  (error: RaisedError): boolean =>
    conditions.some((one) => error.condition === one || error.condition?.startsWith(`${one}.`) === true);

/** Cards for what Spark and Python refuse most often, in whatever program. */
export const sparkCards: readonly CardRow[] = [
  {
    matches: (error) => error.name === 'NotImplementedError' && says('Marea no incluye')(error),
    card: (error) => ({
      title: 'Marea no tiene esta parte de Spark',
      why: error.text.replace(/ Ejecuta este cuaderno en Spark para usarlo\.$/, ''),
      fix: 'Hazlo de otra manera, o ejecuta este cuaderno en Spark.',
    }),
  },
  {
    matches: isCondition('NOT_SUPPORTED_BY_MAREA'),
    card: fixed(
      'Marea no tiene esta parte de Spark',
      'Spark 3.5 la tiene; Marea la rechaza por su nombre en lugar de hacer otra cosa.',
      'Hazlo de otra manera, o ejecuta este cuaderno en Spark.',
    ),
  },
  {
    matches: says('Failed to find data source: kafka'),
    card: fixed(
      'Falta el paquete de Kafka en la sesión',
      'Spark no lo trae de serie y este programa se ejecuta sin él.',
      'Al arrancar la sesión añade `spark.jars.packages` con `org.apache.spark:spark-sql-kafka-0-10_2.12:3.5.7`.',
    ),
  },
  {
    matches: says('Failed to find the data source'),
    card: (error) => ({
      title: `No hay ningún formato «${/data source: ([^\s]+?)\.? Please/.exec(error.text)?.[1] ?? '?'}»`,
      why: 'El nombre que va en `format(…)` está mal escrito, o su paquete no está en la sesión.',
      fix: 'Los del curso son `json`, `csv`, `text`, `parquet`, `socket`, `rate`, `kafka`, `jdbc`, `mongodb`, `console`, `memory` y `noop`.',
    }),
  },
  {
    matches: isCondition('AMBIGUOUS_REFERENCE'),
    card: (error) => ({
      title: `Hay más de una columna «${firstQuoted(error)}»`,
      why: 'Suele pasar tras un `join`: las dos partes tienen una columna con ese nombre.',
      fix: 'Di de cuál hablas (`df.columna`), une con `join(otro, "columna")` para que quede una sola, o cambia antes el nombre con `withColumnRenamed`.',
    }),
  },
  {
    matches: isCondition('TABLE_OR_VIEW_NOT_FOUND'),
    card: (error) => ({
      title: `No hay ninguna tabla ni vista «${firstQuoted(error)}»`,
      why: 'No se ha creado en esta sesión, o el nombre está mal escrito. La tabla de `format("memory")` se llama como `queryName`.',
      fix: 'Créala con `df.createOrReplaceTempView("nombre")`, o arranca antes la consulta que la llena.',
    }),
  },
  {
    matches: isCondition('UNRESOLVED_ROUTINE'),
    card: (error) => ({
      title: `Spark no tiene ninguna función «${firstQuoted(error)}»`,
      why: 'El nombre está mal escrito, o es de una función de Python que no se ha registrado.',
      fix: 'Revisa el nombre; una función tuya se registra con `spark.udf.register("nombre", función)`.',
    }),
  },
  {
    matches: isCondition('PARSE_SYNTAX_ERROR', 'PARSE_EMPTY_STATEMENT'),
    card: fixed(
      'Spark no entiende ese texto SQL',
      'La marca `^^^` del mensaje señala dónde deja de entenderlo: falta o sobra algo justo ahí o antes.',
      'Corrige la expresión. Las igualdades llevan `=`, los textos comillas simples y los nombres raros acentos graves.',
    ),
  },
  {
    matches: isCondition('DATATYPE_MISMATCH'),
    card: fixed(
      'Los tipos no encajan',
      'La función o el operador no admite el tipo de esa columna: el mensaje dice cuál quería y cuál ha recibido.',
      'Mira los tipos con `printSchema()` y convierte la columna con `cast` o `to_timestamp`.',
    ),
  },
  {
    matches: isCondition('MISSING_AGGREGATION', 'MISSING_GROUP_BY'),
    card: fixed(
      'Esa columna ni agrupa ni se agrega',
      'De cada grupo sale una fila, y Spark no sabe cuál de sus valores poner.',
      'Añádela a `groupBy(…)`, o envuélvela en una función de agregación como `first`, `max` o `sum`.',
    ),
  },
  {
    matches: isCondition('CANNOT_PARSE_INTERVAL'),
    card: fixed(
      'Esa duración no está bien escrita',
      'Spark quiere un número y una unidad en inglés.',
      'Escribe, por ejemplo, `"10 minutes"`, `"30 seconds"` o `"1 hour"`.',
    ),
  },
  {
    matches: isCondition('PATH_ALREADY_EXISTS'),
    card: fixed(
      'Esa carpeta ya existe',
      '`write` no escribe encima de lo que hay si no se lo dices.',
      'Añade `.mode("overwrite")` para sustituirla o `.mode("append")` para añadir, o elige otra carpeta.',
    ),
  },
  {
    matches: says('as a query with that name is already active'),
    card: fixed(
      'Ya hay una consulta en marcha con ese nombre',
      'Has ejecutado la celda dos veces sin detener la primera consulta.',
      'Detenla con `stop()`, o con el botón Detener de la consulta, y ejecuta la celda otra vez.',
    ),
  },
  {
    matches: says('can not be called on streaming Dataset/DataFrame'),
    card: fixed(
      'Un flujo se escribe con `writeStream`',
      '`write` guarda un resultado terminado, y un flujo no termina.',
      'Usa `writeStream … start()`; dentro de `foreachBatch` cada lote sí admite `write`.',
    ),
  },
  {
    matches: says('`writeStream` can be called only on streaming Dataset/DataFrame'),
    card: fixed(
      '`writeStream` es solo para flujos',
      'Este DataFrame se lee entero: viene de `read`, o es el lote que recibe `foreachBatch`.',
      'Usa `write`, o lee con `readStream`.',
    ),
  },
  {
    matches: (error) => /Stream-stream \w+ join between two streaming .* without a watermark/.test(error.text),
    card: fixed(
      'Este `join` de dos flujos necesita marca de agua',
      'Para dar una fila sin pareja, Spark tiene que saber cuándo ya no puede llegar.',
      'Pon `withWatermark` en los dos flujos y añade a la condición un intervalo de tiempo entre sus columnas.',
    ),
  },
  {
    matches: says("possible 'correctness' issue due to global watermark"),
    card: fixed(
      'Aquí no se puede encadenar otra operación con estado',
      'Tras una agregación en modo `update` o `complete`, o tras un `join` externo, las filas pueden llegar tarde a la siguiente y perderse.',
      'Usa el modo `append`, o haz la segunda operación dentro de `foreachBatch`.',
    ),
  },
  {
    matches: says('Connection refused'),
    card: fixed(
      'Nadie escucha en esa dirección',
      'El programa ha intentado conectarse y ninguna máquina ha contestado en ese puerto.',
      'Arranca antes el servicio en la pestaña Servicios (para `socket`, la terminal `nc`), y revisa la máquina y el puerto.',
    ),
  },
  {
    matches: (error) =>
      /An exception was (?:thrown from the Python worker|raised by the Python Proxy)/.test(error.text),
    card: fixed(
      'Ha fallado una función de Python',
      'Spark la llama con cada fila, o con cada lote, y ha lanzado un error: es el que sale al final del mensaje.',
      'Corrige la función. Lo más frecuente es no contar con los valores `None`.',
    ),
  },
  {
    matches: (error) => error.name === 'AttributeError' && says("'NoneType' object has no attribute")(error),
    card: fixed(
      'Esa variable vale `None`',
      'Algunas acciones, como `show()` o `printSchema()`, no devuelven nada: `df = df.show()` deja `df` vacía.',
      'Separa la acción en otra línea, sin asignarla.',
    ),
  },
  {
    matches: (error) => error.name === 'AttributeError' && says('has no attribute')(error),
    card: (error) => ({
      title: `No existe «${/has no attribute '([^']+)'/.exec(error.text)?.[1] ?? '?'}»`,
      why: 'Ese objeto no tiene ningún método ni ninguna columna con ese nombre.',
      fix: 'Revisa mayúsculas y erratas: tras el punto, `Tab` enseña lo que hay. Una columna también se escribe `df["nombre"]`.',
    }),
  },
  {
    matches: (error) => error.name === 'ModuleNotFoundError',
    card: (error) => ({
      title: `Falta el módulo «${/No module named '([^']+)'/.exec(error.text)?.[1] ?? '?'}»`,
      why: 'Marea funciona sin red y trae solo los módulos del curso.',
      fix: 'Revisa el nombre. Si de verdad lo necesitas, ejecuta este cuaderno en Spark.',
    }),
  },
  {
    matches: (error) => error.name === 'TypeError' && says("'Column' object is not callable")(error),
    card: fixed(
      'Una columna no se puede llamar como una función',
      'Tras `df.` o una columna hay un nombre que no es un método, y detrás unos paréntesis.',
      'Revisa el nombre del método, o importa la función: `from pyspark.sql.functions import …`.',
    ),
  },
];
