import { createHash } from 'node:crypto';

/** SHA-256 of a cell's source as it ran, in hex. */
export const codeHash = (source: string): string => createHash('sha256').update(source).digest('hex');
