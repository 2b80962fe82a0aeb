import { expect, test } from 'vitest';
import { connectMysql } from '../../../../main/connectors/jdbc/mysql-client.ts';
import { describeWith } from '../../../support/available-parts.ts';
import { startMariadb, type MariadbServer } from '../../../support/mariadb-server.ts';
import { describeRelationalClient } from '../../services/relational/client-contract.ts';

describeWith('mariadb-server', 'a real MariaDB', () => {
  describeRelationalClient('mysql2', async () => {
    const server: MariadbServer = await startMariadb();
    return {
      connect: (login) =>
        connectMysql({
          host: '127.0.0.1',
          port: server.port,
          database: undefined,
          user: undefined,
          password: undefined,
          ...login,
        }),
      close: server.stop,
    };
  });
});

test('a port where nobody answers gives the error of the socket', async () => {
  const address = { host: '127.0.0.1', port: 1, database: undefined, user: 'root', password: undefined };
  await expect(connectMysql(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
