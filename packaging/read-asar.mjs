import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** The files of an `.asar` archive as `{ path, read }`; one that lies unpacked beside it is read from there. */
export function readAsar(file) {
  const { header, start } = headerOf(file);
  const files = [];
  collect(header.files, '', (path, entry) =>
    files.push({
      path,
      isUnpacked: entry.unpacked === true,
      read: () =>
        entry.unpacked
          ? readFileSync(join(`${file}.unpacked`, path))
          : readAt(file, start + Number(entry.offset), entry.size),
    }),
  );
  return files;
}

/** Two pickles: the size of the header, and the header as JSON text; sizes are little-endian. */
function headerOf(file) {
  if (!existsSync(file)) throw new Error(`${file} is not there`);
  const sizes = readAt(file, 0, 16);
  return {
    header: JSON.parse(readAt(file, 16, sizes.readUInt32LE(12)).toString()),
    start: 8 + sizes.readUInt32LE(4),
  };
}

function collect(files, folder, found) {
  for (const [name, entry] of Object.entries(files)) {
    if (entry.files) collect(entry.files, `${folder}${name}/`, found);
    else if (entry.link === undefined) found(`${folder}${name}`, entry);
  }
}

function readAt(file, position, length) {
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, bytes, 0, length, position);
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}
