import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stands in Electron's binary before its fuses. */
export const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** A folder that electron-builder takes for an unpacked Electron: the files it copies, renames, trims and flips, and no browser. */
export async function writeStandInDistribution(folder: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true });
  await mkdir(join(folder, 'resources'));
  for (const language of ['ca', 'de', 'en-US', 'es', 'fr'])
    await writeFile(join(folder, 'locales', `${language}.pak`), '');
  for (const name of ['icudtl.dat', 'resources.pak', 'libffmpeg.so', 'LICENSE', 'LICENSES.chromium.html'])
    await writeFile(join(folder, name), '');
  await writeFile(join(folder, 'version'), 'v45.4.1');
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler'])
    await writeFile(join(folder, name), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(folder, 'electron'), `#!/bin/sh\necho stand-in\n# ${fuseMark}\u0001\u0009101011011\n`, {
    mode: 0o755,
  });
}
