import { parseTableName } from '../parser/parse-multipart-name.ts';
import type { CatalogCommand, CommandResults, SessionCommand } from '../plan/command.ts';
import { analysisContext } from './analysis-context-of.ts';
import { dropNamedTable } from './create-table.ts';
import type { Caller } from './engine-ports.ts';
import { sessionOf, type EngineState } from './engine-state.ts';
import { SparkSession } from './spark-session.ts';

/** Sessions and their confs. */
export async function runSessionCommand(
  command: SessionCommand,
  caller: Caller,
  engine: EngineState,
): Promise<CommandResults[SessionCommand['kind']]> {
  switch (command.kind) {
    case 'create_session': {
      const existed = engine.sessions.has(caller.session);
      if (command.new_session === true && !existed)
        engine.sessions.set(
          caller.session,
          new SparkSession(caller.session, caller.folder, engine.ports, engine.database),
        );
      const session = sessionOf(engine, caller.session, caller.folder);
      if (existed) session.confs.apply(command.confs);
      else session.confs.start(command.confs);
      return { existed };
    }
    case 'stop_session':
      await engine.queries.stopAll();
      engine.sessions.clear();
      return null;
    case 'conf_set':
      sessionOf(engine, caller.session, caller.folder).confs.set(command.key, command.value);
      return null;
    case 'conf_get': {
      const { confs } = sessionOf(engine, caller.session, caller.folder);
      return {
        value: command.default === undefined ? confs.require(command.key) : (confs.get(command.key) ?? command.default),
      };
    }
    case 'conf_unset':
      sessionOf(engine, caller.session, caller.folder).confs.unset(command.key);
      return null;
    case 'conf_is_modifiable':
      return { modifiable: sessionOf(engine, caller.session, caller.folder).confs.isModifiable(command.key) };
    case 'conf_get_all':
      return { confs: sessionOf(engine, caller.session, caller.folder).confs.all() };
  }
}

/** Views and tables by name. */
export async function runCatalogCommand(
  command: CatalogCommand,
  session: SparkSession,
  engine: EngineState,
): Promise<CommandResults[CatalogCommand['kind']]> {
  switch (command.kind) {
    case 'drop_temp_view':
      return { dropped: engine.database.tables.hide(command.name) || session.views.delete(command.name) };
    case 'list_tables':
      return { tables: listTables(session, engine) };
    case 'list_databases':
      return { databases: ['default'] };
    case 'current_database':
      return { database: 'default' };
    case 'table_exists':
      return { exists: analysisContext(session, engine).table(parseTableName(command.name)) !== undefined };
    case 'drop_table':
      await dropNamedTable(parseTableName(command.name), command.if_exists, session, engine);
      return null;
  }
}

/** Saved tables, then temporary views, each in alphabetical order. */
function listTables(session: SparkSession, engine: EngineState): CommandResults['list_tables']['tables'] {
  const saved = engine.saved.all().map(({ name, isManaged }) => ({
    name,
    is_temporary: false,
    type: isManaged ? 'MANAGED' : 'EXTERNAL',
  }));
  const views = [...session.views.names(), ...engine.database.exposedNames()].filter((name) => !name.includes('.'));
  const ordered = views.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return [...saved, ...ordered.map((name) => ({ name, is_temporary: true }))];
}
