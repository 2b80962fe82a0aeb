import type { HandIn } from './bundle-schema.ts';
import { sha256Of } from '../workspace/sha256.ts';

/** SHA-256 in eight groups of eight digits, to be read aloud or compared by eye. */
export const groupedHash = (bytes: Uint8Array): string => sha256Of(bytes).match(/.{8}/g)?.join(' ') ?? '';

/** What a student keeps: enough to show later that a file is the one that was handed in. */
export const receiptText = (handIn: HandIn, name: string, bytes: Uint8Array): string =>
  `Justificante de entrega · Marea ${handIn.marea}

Alumno/a:  ${handIn.student.name}
NIA:       ${handIn.student.nia}
Actividad: ${handIn.activities.map(({ title }) => title).join('; ')}
Fecha:     ${handIn.createdAt}
Fichero:   ${name} (${bytes.length} bytes)
SHA-256:   ${groupedHash(bytes)}
`;
