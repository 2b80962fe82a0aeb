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
  [': java.sql.SQLException: No suitable driver', 'Falta decir qué *driver* usar'],
  [
    ": java.sql.SQLException: Access denied for user 'iabd'@'localhost' (using password: YES)",
    'MariaDB no acepta ese usuario o esa contraseña',
  ],
  [": java.sql.SQLSyntaxErrorException: Table 'spark.usuario' doesn't exist", 'Esa tabla no existe en MariaDB'],
  [': com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure', 'MariaDB no contesta'],
])('a JDBC error of the course has its card: %s', (text, title) => {
  expect(errorCard({ name: 'Py4JJavaError', text })?.title).toBe(title);
});
