import { fixed, says, type CardRow, type RaisedError } from './card-row.ts';

/** No server of the list answered: Java's words, or `pymongo`'s. */
const isMongoTimeout = (error: RaisedError): boolean =>
  error.name === 'ServerSelectionTimeoutError' ||
  error.text.includes('Timed out while waiting for a server that matches');

/** Cards for what the services and their connectors refuse. */
export const serviceCards: readonly CardRow[] = [
  {
    matches: says('MongoTable() does not support Update mode'),
    card: fixed(
      'El conector de MongoDB no escribe flujos en modo `update`',
      'Solo sabe añadir documentos (`append`) o sustituir la colección entera (`complete`); por eso la consulta arranca y falla en su primer lote.',
      'Usa `foreachBatch` y, dentro, `write.format("mongodb").mode("append")` con `operationType` e `idFieldList`.',
    ),
  },
  {
    matches: isMongoTimeout,
    card: fixed(
      'MongoDB no responde',
      'No hay ningún servidor en la dirección que dice el código, o ha dejado de atender.',
      'Comprueba la dirección (`mongodb://localhost:27017`) y, en Servicios, que MongoDB esté en marcha; después vuelve a ejecutar la celda.',
    ),
  },
  {
    matches: says('E11000 duplicate key error'),
    card: fixed(
      'Ya hay un documento con esa clave',
      'Dos documentos de una colección no pueden tener el mismo `_id` ni el mismo valor en un índice único.',
      'Para cambiar el que existe usa `replace` o `update` (en Spark, `operationType` con `idFieldList`); si quieres otro documento, quita `_id` y MongoDB pondrá uno nuevo.',
    ),
  },
  {
    matches: (error) => /Missing configuration for: (?:database|collection)/.test(error.text),
    card: fixed(
      'Falta decir dónde está la colección',
      'El conector necesita el nombre de la base de datos y el de la colección.',
      'Añade `.option("database", "iabd")` y `.option("collection", "…")`.',
    ),
  },
  {
    matches: (error) => error.text.endsWith('Writing job failed.'),
    card: fixed(
      'No se ha podido escribir el lote',
      'De una consulta Spark solo muestra esta frase. Con MongoDB suele faltar `database` o `collection`, o el servidor no responde.',
      'Revisa las opciones de `writeStream` y que el servicio esté en marcha; al arrancar de nuevo, la consulta sigue desde su checkpoint.',
    ),
  },
  {
    matches: says('java.lang.ClassNotFoundException', 'mysql'),
    card: fixed(
      'Spark no encuentra el *driver* de MySQL',
      'La clase de la opción `driver` no existe: suele ser una errata.',
      'Escribe `.option("driver", "com.mysql.cj.jdbc.Driver")`.',
    ),
  },
  {
    matches: (error) =>
      /ClassNotFoundException: (?:org\.(?:postgresql|mariadb|sqlite|h2)|oracle|com\.microsoft)\./.test(error.text),
    card: fixed(
      'Marea solo trae el *driver* de MySQL',
      'Con él se leen y escriben MySQL y MariaDB. En un Spark de verdad, el de otra base de datos se añade con `spark.jars.packages`.',
      'Usa `.option("driver", "com.mysql.cj.jdbc.Driver")` y una URL que empiece por `jdbc:mysql://`; si necesitas otra base de datos, ejecuta este cuaderno en Spark.',
    ),
  },
  {
    // Once some cell has named the driver, leaving it out fails in another place.
    matches: (error) => /No suitable driver|DriverWrapper\.<init>/.test(error.text),
    card: fixed(
      'Falta decir qué *driver* usar',
      'Con solo la URL, Spark no sabe qué clase abre la conexión.',
      'Añade `.option("driver", "com.mysql.cj.jdbc.Driver")` y comprueba que la URL empieza por `jdbc:mysql://`.',
    ),
  },
  {
    matches: (error) => /Access denied for user '[^']*'@'[^']*' \(using password/.test(error.text),
    card: fixed(
      'MariaDB no acepta ese usuario o esa contraseña',
      'El servidor ha contestado, pero no reconoce las credenciales.',
      'En este curso son `iabd` y `iabd`: revisa las opciones `user` y `password`.',
    ),
  },
  {
    matches: says('Communications link failure'),
    card: fixed(
      'MariaDB no contesta',
      'Nadie escucha en la dirección de la URL, o el servidor se ha parado.',
      'Usa `jdbc:mysql://localhost` para el servidor de Marea, o mira su estado en la pestaña MariaDB.',
    ),
  },
];
