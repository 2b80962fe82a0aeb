import { saveFile } from '../ui/save-file.ts';

/** Offers a text as a file to save. */
export const saveTextFile = (name: string, text: string): void =>
  saveFile(name, new Blob([text], { type: 'application/octet-stream' }));
