import type { Endpoints } from '../../engine/api/endpoint.ts';
import type { EventName, Events } from '../contract/events.ts';
import type { Emit } from '../contract/host-api.ts';
import { EvidenceStore, type WriteFile } from '../workspace/evidence-store.ts';
import type { ProgressStore } from '../workspace/progress-store.ts';
import type { SettingsStore } from '../workspace/settings-store.ts';
import { StudentStore } from '../workspace/student-store.ts';
import type { ActivityService } from './activity-service.ts';
import { connectorsOn } from './connectors-on.ts';
import { EventRecorder } from './event-recorder.ts';
import { EvidenceDesk, evidenceClock } from './evidence-desk.ts';
import { HandInDesk } from './hand-in-desk.ts';
import type { NotebookRuntime, RuntimeOptions } from './notebook-runtime.ts';
import { witnessedTables } from './table-witness.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { FetchedRecord } from './with-fetches.ts';

export type StudentWorkPorts = {
  readonly dataFolder: string;
  readonly version: string;
  /** Zone of the machine, an IANA name. */
  readonly zone: string;
  readonly clock: VirtualClock;
  readonly settings: SettingsStore;
  readonly progress: ProgressStore;
  readonly activities: ActivityService;
  /** Every notebook of the data folder. */
  readonly notebooks: () => Promise<readonly { readonly path: string }[]>;
  readonly runtime: (path: string) => NotebookRuntime | undefined;
  readonly write: WriteFile;
  readonly emit: Emit;
};

/** What a student shows a teacher: what was done, written down as it happens; captures of it; the hand-in. */
export class StudentWork {
  readonly student: StudentStore;
  readonly evidence: EvidenceDesk;
  readonly handIns: HandInDesk;
  readonly #recorder: EventRecorder;

  constructor(ports: StudentWorkPorts) {
    const { dataFolder, version, clock, write } = ports;
    this.#recorder = new EventRecorder({ dataFolder, version, zone: ports.zone, clockMs: () => clock.now() });
    this.student = new StudentStore(ports.settings);
    const student = () => this.student.read();
    this.evidence = new EvidenceDesk({
      store: new EvidenceStore(dataFolder, write),
      student,
      clock: () => evidenceClock(clock.state()),
      watermark: (path, runId, batch) => ports.runtime(path)?.history.watermarkOf(runId, batch) ?? null,
      passed: (unit) => ports.progress.passed(unit),
      emit: (event) => ports.emit('evidence.captured', event),
    });
    this.handIns = new HandInDesk({
      dataFolder,
      version,
      activities: ports.activities,
      evidence: this.evidence,
      notebooks: ports.notebooks,
      student,
      clockMode: () => evidenceClock(clock.state()).mode,
      log: () => this.#recorder.text(),
      record: (kind, data) => this.#recorder.record(kind, data),
      inputs: (names) => this.#recorder.inputs(names),
      write,
    });
  }

  /** For the kernel of a notebook: what its programs read is written down. */
  witnesses(
    path: string,
    endpoints: Endpoints,
    env: Readonly<Record<string, string>>,
  ): Required<Pick<RuntimeOptions, 'witness' | 'connectors'>> {
    const tellings = {
      relational: witnessedTables(endpoints, (version) => this.#recorder.tableRead(path, version)),
      onFetched: (records: readonly FetchedRecord[]) => void this.#recorder.recordsFetched(path, records),
    };
    return {
      witness: this.#recorder.witnessOf(path),
      connectors: () => connectorsOn(endpoints, env, tellings),
    };
  }

  /** Takes what the workbench tells its windows. */
  readonly listen = <Name extends EventName>(name: Name, event: Events[Name]): void => {
    this.#recorder.listen(name, event);
    if (name === 'cell.started') this.evidence.cellStarted(event as Events['cell.started']);
  };

  /** Resolves when all that was told is on the disk. */
  settle(): Promise<void> {
    return this.#recorder.settle();
  }
}
