import { parseTableSchema } from '../parser/parse-table-schema.ts';
import type { Files } from '../api/files.ts';
import type { SourceContext } from '../api/source.ts';
import type { CompileContext } from '../functions/define-function.ts';
import type { RegisteredFunction } from '../analysis/analysis-context.ts';
import type { EnginePorts } from './engine-ports.ts';
import { SessionConfs } from './session-confs.ts';
import type { SessionDatabase } from './session-database.ts';
import { TempViews } from './temp-views.ts';

/** One Spark session: confs, views and functions of its own over the engine's shared database. */
export class SparkSession {
  readonly name: string;
  readonly confs: SessionConfs;
  readonly views: TempViews;
  readonly functions: Map<string, RegisteredFunction>;
  readonly files: Files;
  /** Python's working folder; follows `os.chdir`, as each command says where it is. */
  folder: string;
  readonly #ports: EnginePorts;
  readonly #database: SessionDatabase;

  constructor(name: string, folder: string, ports: EnginePorts, database: SessionDatabase, from?: SparkSession) {
    this.name = name;
    this.folder = folder;
    this.#ports = ports;
    this.#database = database;
    this.confs = from ? from.confs.clone() : new SessionConfs(ports.localZone);
    this.views = from ? from.views.clone() : new TempViews();
    this.functions = new Map(from?.functions);
    this.files = ports.filesFrom(() => this.folder);
  }

  get zone(): string {
    return this.confs.get('spark.sql.session.timeZone') ?? this.#ports.localZone;
  }

  get nowMs(): number {
    return this.#ports.clock.now();
  }

  sourceContext(): SourceContext {
    const confs = this.confs.clone();
    return {
      files: this.files,
      clock: this.#ports.clock,
      query: this.#database.query,
      conf: (key) => confs.get(key),
      applicationConf: (key) => confs.initial(key),
      zone: this.zone,
      parallelism: this.parallelism,
      parseSchema: parseTableSchema,
      folder: this.folder,
    };
  }

  compileContext(): CompileContext {
    const policy = this.confs.get('spark.sql.legacy.timeParserPolicy')?.toUpperCase();
    return {
      zone: this.zone,
      ansi: this.confs.flag('spark.sql.ansi.enabled'),
      nowUs: BigInt(Math.round(this.#ports.clock.now())) * 1000n,
      timeParserPolicy: policy === 'LEGACY' || policy === 'CORRECTED' ? policy : 'EXCEPTION',
    };
  }

  /** `spark.default.parallelism`; else `local[2]` → 2, `local[*]` and anything else → the machine's cores. */
  get parallelism(): number {
    const asked = this.confs.get('spark.default.parallelism');
    if (asked !== undefined) return Number(asked);
    const threads = /^local\[(\d+)/.exec(this.confs.get('spark.master') ?? '')?.[1];
    return threads === undefined ? this.#ports.cores : Number(threads);
  }
}
