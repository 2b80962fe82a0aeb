// Starts a real Kafka 3.9.1 and a real MariaDB at the ports of the course's code, and ends them with itself.
//
//   node scripts/real-servers.mjs                  until Ctrl-C
//   node scripts/real-servers.mjs -- COMMAND …     while the command runs; it finds MAREA_TEST_KAFKA and MAREA_TEST_MARIADB
//
// Needs JDK 17 and Maven, which fetches Kafka once, and Debian's mariadb-server. Their data is thrown away at the end.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { tsImport } from 'tsx/esm/api';
import { runCommand } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

const kafkaVersion = '3.9.1';
const kafkaPort = 9092;
const mariadbPort = 3306;
const startLimitMs = 60_000;

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>marea</groupId>
  <artifactId>real-kafka</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${kafkaVersion}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

const serverProperties = (folder) => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${kafkaPort + 1}
listeners=PLAINTEXT://127.0.0.1:${kafkaPort},CONTROLLER://127.0.0.1:${kafkaPort + 1}
advertised.listeners=PLAINTEXT://127.0.0.1:${kafkaPort}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
num.partitions=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
log.dirs=${join(folder, 'data')}
`;

/** The class path of Kafka and all it needs. */
function fetchKafka() {
  const folder = join(sourceRoot, 'node_modules/.cache/marea', `kafka-${kafkaVersion}`);
  const lib = join(folder, 'lib');
  if (!existsSync(join(lib, `kafka_2.13-${kafkaVersion}.jar`))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pom.xml'), pom);
    run('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`], folder);
  }
  return join(lib, '*');
}

function run(program, args, folder) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  return stdout.trim();
}

async function startKafka() {
  const classPath = fetchKafka();
  const folder = mkdtempSync(join(tmpdir(), 'marea-real-kafka-'));
  const properties = join(folder, 'server.properties');
  writeFileSync(properties, serverProperties(folder));
  const java = (...args) => ['-Xmx512m', '-cp', classPath, ...args];
  const cluster = run('java', java('kafka.tools.StorageTool', 'random-uuid'), folder).split('\n').at(-1);
  run('java', java('kafka.tools.StorageTool', 'format', '-t', cluster, '-c', properties), folder);
  const server = spawn('java', java('kafka.Kafka', properties), { cwd: folder, stdio: 'ignore' });
  await untilAnswers(server, kafkaPort);
  return async () => {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
}

async function untilAnswers(server, port) {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline && server.exitCode === null) {
    if (await isOpen(port)) return;
    await setTimeout(200);
  }
  server.kill('SIGKILL');
  throw new Error(`no server answers at port ${port}`);
}

const isOpen = (port) =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

for (const port of [kafkaPort, mariadbPort])
  if (await isOpen(port)) throw new Error(`port ${port} is taken: end what listens there first`);
// The recordings were made against servers in UTC.
process.env.TZ = 'UTC';
const { startMariadb } = await tsImport('../tests/support/mariadb-server.ts', import.meta.url);
const stopKafka = await startKafka();
const mariadb = await startMariadb(mariadbPort);
console.log(
  `Kafka ${kafkaVersion} at localhost:${kafkaPort}, MariaDB at localhost:${mariadbPort} (iabd/iabd, root without password)`,
);
const separator = process.argv.indexOf('--');
const [command, ...args] = separator < 0 ? [] : process.argv.slice(separator + 1);
if (command === undefined) await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
else {
  const env = {
    ...process.env,
    MAREA_TEST_KAFKA: `localhost:${kafkaPort}`,
    MAREA_TEST_MARIADB: `localhost:${mariadbPort}`,
    // What was found before these servers ran.
    MAREA_TEST_PARTS: undefined,
  };
  process.exitCode = await runCommand(command, args, { env });
}
await Promise.all([stopKafka(), mariadb.stop()]);
