import { studentSchema, type Student } from '../contract/evidence-schema.ts';
import type { SettingsStore } from './settings-store.ts';

const settingsKey = 'student';

/** Whose captures these are; kept with the settings. */
export class StudentStore {
  readonly #settings: Pick<SettingsStore, 'read' | 'merge'>;

  constructor(settings: Pick<SettingsStore, 'read' | 'merge'>) {
    this.#settings = settings;
  }

  read(): Student | null {
    const parsed = studentSchema.safeParse(this.#settings.read()[settingsKey]);
    return parsed.success ? parsed.data : null;
  }

  write(student: Student): Promise<void> {
    return this.#settings.merge({ [settingsKey]: student });
  }
}
