import type { WindowModel } from '../store/window-model.ts';
import type { FilesStore, NewFile } from './files-store.ts';

const largestText = 30_000_000;

/** A file of the learner's disk, ready to be written: text as text, anything else as base64. */
export async function fileFromDisk(file: File, folder: string): Promise<NewFile> {
  const isText = /\.(?:json|jsonl|ndjson|csv|txt|tsv)$/i.test(file.name) && file.size <= largestText;
  if (isText) return { name: file.name, folder, text: await file.text() };
  return { name: file.name, folder, base64: base64Of(new Uint8Array(await file.arrayBuffer())) };
}

/** Function calls take a limited number of arguments. */
const piece = 8_192;

export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += piece)
    binary += String.fromCharCode(...bytes.subarray(from, from + piece));
  return btoa(binary);
}

/** Writes and tells; a taken name is replaced only when asked. Answers true when the file lies there. */
export async function putFile(
  model: WindowModel,
  store: FilesStore,
  file: NewFile,
  overwrite = false,
): Promise<boolean> {
  const { files } = model.texts;
  const outcome = await store.write(file, overwrite);
  switch (outcome) {
    case 'written':
      model.notices.toast({ text: files.dropped(file.name, file.folder), tone: 'ok' });
      return true;
    case 'taken':
      model.notices.toast({
        text: files.taken(file.name),
        tone: 'plain',
        actions: [{ label: files.replace, run: () => void putFile(model, store, file, true) }],
      });
      return false;
    case 'failed':
      model.notices.toast({ text: files.writeFailed(file.name), tone: 'bad' });
      return false;
  }
}
