import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { parts } from './machine-parts.ts';

export type MariadbServer = { readonly port: number; readonly stop: () => Promise<void> };

const startLimitMs = 30_000;

/** As the course has it: `iabd` with all rights on the database `spark` and its table of users; `root` without password. */
const courseServer = `
CREATE DATABASE IF NOT EXISTS spark;
CREATE USER IF NOT EXISTS iabd@localhost IDENTIFIED BY 'iabd';
CREATE USER IF NOT EXISTS iabd@'127.0.0.1' IDENTIFIED BY 'iabd';
CREATE USER IF NOT EXISTS root@'127.0.0.1' IDENTIFIED BY '';
GRANT ALL ON spark.* TO iabd@localhost;
GRANT ALL ON spark.* TO iabd@'127.0.0.1';
GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
CREATE TABLE spark.usuarios (id BIGINT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY, nombre VARCHAR(100) NOT NULL, ultimoLogin TIMESTAMP NOT NULL);
INSERT INTO spark.usuarios (nombre, ultimoLogin) VALUES ('Aitor Medrano', '2022-05-13 13:36:58'), ('Pedro Casas', '2022-05-14 13:46:58'), ('Laura García', '2022-05-15 13:56:58'), ('Mª Josep Vidal', '2022-05-16 14:06:58');
`;

/** A real MariaDB of its own in a temporary folder, on 127.0.0.1 and a free port unless one is given; needs the part `mariadb-server`. Takes about two seconds. */
export async function startMariadb(wantedPort?: number): Promise<MariadbServer> {
  const program = parts['mariadb-server'];
  if (program === undefined) throw new Error('mariadb-server is not installed on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'marea-mariadb-'));
  const data = join(folder, 'data');
  install(program, data);
  const initFile = join(folder, 'course.sql');
  // The server reads one statement a line.
  writeFileSync(initFile, courseServer);
  const port = wantedPort ?? (await freePort());
  const server = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--user=${userInfo().username}`,
      `--init-file=${initFile}`,
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_general_ci',
      '--innodb-buffer-pool-size=16M',
      '--skip-log-bin',
    ],
    { stdio: 'ignore' },
  );
  await untilGreeted(server, port);
  return {
    port,
    stop: async () => {
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function install(program: string, data: string): void {
  const folders = [dirname(program), '/usr/bin', '/usr/local/bin'];
  const installer = folders.map((folder) => join(folder, 'mariadb-install-db')).find((path) => existsSync(path));
  const made = spawnSync(installer ?? 'mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    `--user=${userInfo().username}`,
  ]);
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stdout.toString()}${made.stderr.toString()}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The first bytes a server sends are its greeting; with `--init-file` it sends them only when the users are there. */
async function untilGreeted(server: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`mariadbd ended with ${server.exitCode}`);
    if (await isGreeted(port)) return;
  }
  server.kill('SIGKILL');
  throw new Error(`mariadbd did not greet within ${startLimitMs} ms`);
}

function isGreeted(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => end(true));
    // A refused port answers at once: the pause keeps the wait from spinning.
    socket.once('error', () => setTimeout(() => end(false), 50));
  });
}
