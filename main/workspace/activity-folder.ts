import { copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '../../exercises/define-exercise.ts';
import type { InputFile } from '../contract/guide-schema.ts';
import { renamedNotebook } from './unit-notebooks.ts';

/**
 * The learner's folder for an activity, `<data>/<id>/`: the notebook, `<id>.ipynb` unless the learner gave it another name, the input folders, whatever the queries write.
 * `material` is the exercise's own folder in the program, never written.
 */
export type ActivityFolder = { readonly folder: string; readonly notebook: string };

/** Makes what is missing and touches nothing that is there. Answers paths relative to the data folder. */
export async function prepareActivity(
  dataFolder: string,
  material: string,
  exercise: Exercise,
): Promise<ActivityFolder> {
  const folder = join(dataFolder, exercise.id);
  const released = `${exercise.id}/${exercise.id}.ipynb`;
  const isThere = await exists(join(dataFolder, released));
  const notebook = isThere ? released : await renamedNotebook(dataFolder, exercise.id);
  for (const input of exercise.folders.input) await mkdir(join(folder, input), { recursive: true });
  if (notebook === null) {
    await placeInputs(folder, material, exercise);
    await copyFile(join(material, 'starter.ipynb'), join(dataFolder, released));
  }
  return { folder: exercise.id, notebook: notebook ?? released };
}

/** Puts the files that lie in their folder from the start; one that is there already stays as it is. */
export async function placeInputs(folder: string, material: string, exercise: Exercise): Promise<void> {
  for (const input of exercise.inputs.filter((candidate) => candidate.atStart)) {
    const target = join(folder, input.folder, input.name);
    await mkdir(join(folder, input.folder), { recursive: true });
    if (!(await exists(target))) await copyFile(join(material, 'input', input.name), target);
  }
}

/** The files an activity offers, with their text. */
export const offeredInputs = (material: string, exercise: Exercise): Promise<InputFile[]> =>
  Promise.all(
    exercise.inputs.map(async (input) => ({
      name: input.name,
      folder: input.folder,
      description: input.description,
      text: await readFile(join(material, 'input', input.name), 'utf8'),
    })),
  );

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
