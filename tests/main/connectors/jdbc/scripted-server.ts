import type { Endpoints } from '../../../../engine/api/endpoint.ts';
import type {
  RelationalAddress,
  RelationalClient,
  RelationalColumn,
  RelationalResult,
  RelationalValue,
} from '../../../../engine/api/relational-client.ts';

/** A column as a server describes it. */
export const column = (name: string, rest: Partial<RelationalColumn> = {}): RelationalColumn => ({
  name,
  type: 'varchar',
  unsigned: false,
  nullable: true,
  autoIncrement: false,
  length: 20,
  scale: 0,
  ...rest,
});

export const done: RelationalResult = { kind: 'done', affectedRows: 0, insertId: 0n, warnings: 0, info: '' };

/** Answers a statement; undefined: as one without rows. Throws what the server refuses. */
type Script = (statement: string) => RelationalResult | undefined;

/** A server whose answers the test writes, and what it was asked, in order. */
export class ScriptedServer implements Pick<Endpoints, 'relational'> {
  readonly statements: string[] = [];
  readonly logins: RelationalAddress[] = [];
  readonly inserted: (readonly RelationalValue[])[] = [];
  serverVersion = '10.11.6-MariaDB';
  private readonly script: Script;

  constructor(script: Script) {
    this.script = script;
  }

  async relational(address: RelationalAddress): Promise<RelationalClient> {
    this.logins.push(address);
    const ask = async (statement: string): Promise<RelationalResult> => {
      this.statements.push(statement);
      return this.script(statement) ?? done;
    };
    const say = (word: string) => async (): Promise<void> => void this.statements.push(word);
    return {
      serverVersion: this.serverVersion,
      query: ask,
      batch: async (statement, rows) => {
        await ask(statement);
        this.inserted.push(...rows);
        return rows.length;
      },
      begin: say('BEGIN'),
      commit: say('COMMIT'),
      rollback: say('ROLLBACK'),
      close: async () => undefined,
    };
  }
}
