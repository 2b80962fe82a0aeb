import { zipSync } from 'fflate';
import type { HandedIn } from './thirty-hand-ins.ts';

const firstId = 48_301;

/** Where Moodle puts the file of a student in the download of a whole class. */
export const moodlePath = ({ student }: HandedIn, index: number): string =>
  `${student.name}_${firstId + index}_assignsubmission_file_/entrega_${student.nia}.entrega.zip`;

/** The download of a whole class. */
export const moodleZip = (handIns: readonly HandedIn[]): Uint8Array =>
  zipSync(Object.fromEntries(handIns.map((handIn, index) => [moodlePath(handIn, index), handIn.bytes])), { level: 0 });
