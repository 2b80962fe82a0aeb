import { serverVersion } from '../functions/control-functions.ts';
import type { StatementRun } from './statement-run.ts';

/** Variables whose value matters to a client; `autocommit` is the connection's own. */
const fixed: ReadonlyMap<string, string | number> = new Map<string, string | number>([
  ['auto_increment_increment', 1],
  ['auto_increment_offset', 1],
  ['character_set_client', 'utf8mb4'],
  ['character_set_connection', 'utf8mb4'],
  ['character_set_database', 'utf8mb4'],
  ['character_set_results', 'utf8mb4'],
  ['character_set_server', 'utf8mb4'],
  ['collation_connection', 'utf8mb4_general_ci'],
  ['collation_database', 'utf8mb4_general_ci'],
  ['collation_server', 'utf8mb4_general_ci'],
  ['default_storage_engine', 'InnoDB'],
  ['foreign_key_checks', 1],
  ['hostname', 'localhost'],
  ['init_connect', ''],
  ['innodb_lock_wait_timeout', 50],
  ['interactive_timeout', 28_800],
  ['license', 'GPL'],
  ['lower_case_table_names', 0],
  ['max_allowed_packet', 16_777_216],
  ['max_connections', 151],
  ['net_buffer_length', 16_384],
  ['net_write_timeout', 60],
  ['performance_schema', 0],
  ['port', 3306],
  ['query_cache_size', 1_048_576],
  ['query_cache_type', 'OFF'],
  ['sql_mode', 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION'],
  ['sql_safe_updates', 0],
  ['sql_notes', 1],
  ['system_time_zone', 'UTC'],
  ['time_zone', 'SYSTEM'],
  ['tx_isolation', 'REPEATABLE-READ'],
  ['tx_read_only', 0],
  ['unique_checks', 1],
  ['version', serverVersion],
  ['version_comment', 'Marea'],
  ['version_compile_os', process.platform],
  ['wait_timeout', 28_800],
]);

/** The value of `@@name`; undefined for a variable that does not exist here. */
export function systemVariable(
  name: string,
  changed: ReadonlyMap<string, string | number>,
): string | number | undefined {
  return changed.get(name) ?? fixed.get(name);
}

export const isSystemVariable = (name: string): boolean => fixed.has(name) || name === 'autocommit';

/** As SHOW VARIABLES prints them: switches as ON and OFF. */
export function systemVariables(run: StatementRun): ReadonlyMap<string, string | number> {
  const switches = new Set([
    'foreign_key_checks',
    'unique_checks',
    'autocommit',
    'performance_schema',
    'sql_notes',
    'sql_safe_updates',
    'tx_read_only',
  ]);
  const names = [...fixed.keys(), 'autocommit'];
  return new Map(
    names.map((name) => {
      const value = run.session.systemVariable(name) ?? '';
      return [name, switches.has(name) ? (Number(value) === 0 ? 'OFF' : 'ON') : value];
    }),
  );
}

export function statusValues(run: StatementRun): ReadonlyMap<string, string | number> {
  return new Map([
    ['Threads_connected', run.session.connections],
    ['Uptime', Math.max(0, Math.floor((run.state.clock.now() - run.state.openedAt) / 1000))],
  ]);
}
