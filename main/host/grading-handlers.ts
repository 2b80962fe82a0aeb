import type { HandlersOf } from '../contract/host-api.ts';
import type { Workbench } from './workbench.ts';

/** What a teacher grades with. */
export const gradingHandlers = ({ grading: desk }: Workbench): HandlersOf<'grading'> => ({
  'grading.read': () => desk.table(),
  'grading.loadPack': async (given) => {
    await desk.shelf.load();
    if ('base64' in given) await desk.shelf.loadZip(Buffer.from(given.base64, 'base64'));
    else
      await desk.shelf.loadFiles(new Map(given.files.map(({ path, base64 }) => [path, Buffer.from(base64, 'base64')])));
    return desk.table();
  },
  'grading.removePack': async () => {
    await desk.shelf.remove();
    return desk.table();
  },
  'grading.setPoints': async ({ activity, criterion, points }) => {
    await desk.shelf.load();
    await desk.shelf.setPoints(activity, criterion, points);
    return desk.table();
  },
  'grading.open': ({ name, base64 }) => desk.open(name, Buffer.from(base64, 'base64')),
  'grading.remove': async ({ rows }) => {
    desk.remove(rows);
    return desk.table();
  },
  'grading.compare': async ({ rows }) => {
    desk.compare(rows);
    return {};
  },
  'grading.detail': ({ row }) => desk.detail(row),
  'grading.notebooks': async ({ row, unit }) => desk.notebooks(row, unit),
  'grading.openReference': async ({ unit }) => {
    await desk.shelf.load();
    return { path: await desk.shelf.unpack(unit) };
  },
  'grading.csv': async () => ({ text: desk.csv() }),
});
