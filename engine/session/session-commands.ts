import { sparkError } from '../core/spark-error.ts';
import type { CatalogCommand, CommandResults, SessionCommand } from '../plan/command.ts';
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
export function runCatalogCommand(
  command: CatalogCommand,
  session: SparkSession,
  engine: EngineState,
): CommandResults[CatalogCommand['kind']] {
  switch (command.kind) {
    case 'drop_temp_view':
      engine.database.tables.hide(command.name);
      return { dropped: session.views.delete(command.name) };
    case 'list_tables':
      return {
        tables: [...session.views.names(), ...engine.database.exposedNames()].map((name) => ({
          name,
          is_temporary: true,
        })),
      };
    case 'list_databases':
      return { databases: ['default'] };
    case 'current_database':
      return { database: 'default' };
    case 'table_exists':
      return {
        exists: session.views.get(command.name) !== undefined || engine.database.exposed(command.name) !== undefined,
      };
    case 'drop_table':
      if (command.if_exists) return null;
      throw sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: `\`${command.name}\`` });
  }
}
