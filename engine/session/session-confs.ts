import { SparkError } from '../core/spark-error.ts';
import { findZone } from '../functions/scalar/time-zone.ts';
import { isCoreConf, sqlConfDefaults, staticConfs } from './conf-defaults.ts';

/** The settings of one session: what was set, over Spark's defaults. */
export class SessionConfs {
  readonly #values = new Map<string, string>();
  /** What the builder of the session set: RESET goes back to it. */
  readonly #initial = new Map<string, string>();
  readonly #localZone: string;

  constructor(localZone: string, initial: Readonly<Record<string, string>> = {}) {
    this.#localZone = localZone;
    for (const [key, value] of Object.entries(initial)) this.#values.set(key, value);
  }

  /** As `spark.conf.set`: refuses static and core settings and malformed values with Spark's texts. */
  set(key: string, value: string): void {
    if (staticConfs.has(key)) {
      throw new SparkError('AnalysisException', `Cannot modify the value of a static config: ${key}.`, {
        condition: '_LEGACY_ERROR_TEMP_1325',
      });
    }
    if (isCoreConf(key)) {
      const docs = "See also 'https://spark.apache.org/docs/latest/sql-migration-guide.html#ddl-statements'.";
      throw new SparkError(
        'AnalysisException',
        `[CANNOT_MODIFY_CONFIG] Cannot modify the value of the Spark config: "${key}".\n${docs}`,
        { condition: 'CANNOT_MODIFY_CONFIG', sqlState: '46110' },
      );
    }
    this.#values.set(key, checkedValue(key, value));
  }

  /** As `builder.config` on a session being made or already there: no setting is refused, malformed SQL values are. */
  apply(confs: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(confs)) {
      if (!staticConfs.has(key) && !isCoreConf(key)) this.#values.set(key, checkedValue(key, value));
    }
  }

  /** As the builder of a new session: static and core settings are taken too. */
  start(confs: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(confs)) {
      this.#values.set(key, checkedValue(key, value));
      this.#initial.set(key, value);
    }
  }

  /** As SQL's RESET: one setting, or all of them, back to what the session began with. */
  reset(key?: string): void {
    for (const each of key === undefined ? [...this.#values.keys()] : [key]) {
      const initial = this.#initial.get(each);
      if (initial === undefined) this.#values.delete(each);
      else this.#values.set(each, initial);
    }
  }

  unset(key: string): void {
    this.#values.delete(key);
  }

  get(key: string): string | undefined {
    if (key === 'spark.sql.session.timeZone') return this.#values.get(key) ?? this.#localZone;
    return this.#values.get(key) ?? sqlConfDefaults[key]?.value;
  }

  /** What the builder of the session set, whatever was set since. */
  initial(key: string): string | undefined {
    return this.#initial.get(key);
  }

  /** As `spark.conf.get(key)`: an unknown key without default is Spark's `NoSuchElementException`. */
  require(key: string): string {
    const value = this.get(key);
    if (value !== undefined) return value;
    if (key in sqlConfDefaults) return '<undefined>';
    throw new SparkError(
      { java: 'org.apache.spark.SparkNoSuchElementException' },
      `[SQL_CONF_NOT_FOUND] The SQL config "${key}" cannot be found. Please verify that the config exists.`,
      {
        condition: 'SQL_CONF_NOT_FOUND',
      },
    );
  }

  isModifiable(key: string): boolean {
    return key in sqlConfDefaults && !staticConfs.has(key);
  }

  flag(key: string): boolean {
    return this.get(key)?.toLowerCase() === 'true';
  }

  /** Everything set explicitly. */
  all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#values);
  }

  /** Everything in force: defaults, then what was set. */
  effective(): Readonly<Record<string, string>> {
    const defaults = Object.entries(sqlConfDefaults).flatMap(([key, entry]) =>
      entry.value === undefined ? [] : [[key, entry.value] as const],
    );
    return { ...Object.fromEntries(defaults), 'spark.sql.session.timeZone': this.#localZone, ...this.all() };
  }

  /** An independent copy: a query runs under the settings of the moment it started. */
  clone(): SessionConfs {
    const copy = new SessionConfs(this.#localZone, this.all());
    for (const [key, value] of this.#initial) copy.#initial.set(key, value);
    return copy;
  }
}

function checkedValue(key: string, value: string): string {
  if (key === 'spark.sql.session.timeZone' && !findZone(value)) {
    const reason = 'Cannot resolve the given timezone with ZoneId.of(_, ZoneId.SHORT_IDS)';
    throw new SparkError('IllegalArgumentException', `'${value}' in ${key} is invalid. ${reason}`);
  }
  const takes = sqlConfDefaults[key]?.takes;
  const wrong =
    (takes === 'int' && !/^\s*[+-]?\d+\s*$/.test(value)) ||
    (takes === 'boolean' && !/^\s*(true|false)\s*$/i.test(value));
  if (wrong) throw new SparkError('IllegalArgumentException', `${key} should be ${takes}, but was ${value}`);
  return value;
}
