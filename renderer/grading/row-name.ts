import type { BundleCheck } from '../../main/contract/grading-schema.ts';

/** Moodle packs each hand-in into a folder `Nombre Apellidos_<id>_assignsubmission_file_`. */
const moodleFolder = /(?:^|\/)([^/]+?)_\d+_assignsubmission_[^/]*\//;

/** Whose it is: as the bundle says or, where it cannot be read, as Moodle filed it. */
export const rowName = ({ student, file }: Pick<BundleCheck, 'student' | 'file'>): string | null =>
  student?.name ?? moodleFolder.exec(file)?.[1] ?? null;
