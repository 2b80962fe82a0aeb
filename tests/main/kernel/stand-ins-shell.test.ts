import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKernel, type TestKernel } from './start-kernel.ts';

let python: TestKernel;
beforeAll(async () => {
  python = await startKernel();
});
afterAll(() => python.kernel.shutdown());

test.each([
  '%pip install kafka-python faker pymongo mysql-connector-python',
  '!pip install -q kafka-python faker pymongo mysql-connector-python==8.4.0',
  '!python3 -m pip install --upgrade kafka-python faker pymongo mysql-connector-python',
])('%s says that all of it is there', async (line) => {
  expect(await python.run(line)).toBe(
    'kafka-python ya está incluido en Marea: import kafka\nfaker ya está incluido en Marea: import faker\n' +
      'pymongo ya está incluido en Marea: import pymongo\n' +
      'mysql-connector-python ya está incluido en Marea: import mysql.connector\n',
  );
});

test('a package that Marea lacks cannot be installed', async () => {
  expect(await python.run('%pip install pandas')).toBe(
    'ModuleNotFoundError: Marea no puede instalar pandas: funciona sin red, con los paquetes del curso.',
  );
  expect(await python.run('!pip list')).toContain('Paquetes incluidos: IPython, faker, findspark, kafka');
});

test.each([
  ['!nc -lk 9999', 'panel netcat'],
  ['!zookeeper-server-start.sh ./config/zookeeper.properties', 'no hay que lanzar ZooKeeper'],
  ['!kafka-server-start.sh ./config/server.properties', 'arranca solo'],
  ['!kafka-topics.sh --create --topic usuariosk --bootstrap-server iabd-virtualbox:9092', 'panel Kafka'],
  ['!/opt/kafka/bin/kafka-console-producer.sh --topic usuariosk', 'panel Kafka'],
  ['!sudo mysql -u iabd -p', 'panel MariaDB'],
  ['!mongosh', 'panel MongoDB'],
  ['!pyspark --packages org.apache.spark:spark-sql-kafka-0-10_2.12:3.3.1', 'Ya estás en PySpark'],
  ['!python bizum-kafka.py', 'pestaña Productor'],
  ['%%bash\n# el topic\nkafka-topics --list', 'panel Kafka'],
])('%s names what does it in Marea', async (line, part) => {
  expect(await python.run(line)).toContain(part);
});

test('any other command says that there is no shell', async () => {
  expect(await python.run('!rm -rf /')).toBe(
    'RuntimeError: Los cuadernos de Marea no ejecutan órdenes del sistema (!rm -rf /): no hay shell.' +
      ' Usa un terminal de tu equipo, o Python: os.listdir(), shutil, open().',
  );
});

test('spark.jars.packages is accepted', async () => {
  const output = await python.run(`from pyspark.sql import SparkSession
packages = "org.apache.spark:spark-sql-kafka-0-10_2.12:3.3.1,org.mongodb.spark:mongo-spark-connector_2.12:10.1.1"
print(type(SparkSession.builder.config("spark.jars.packages", packages).getOrCreate()).__name__)`);
  expect(output).toBe('SparkSession\n');
});
