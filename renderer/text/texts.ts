import { es } from './es.ts';

/** Every word the window shows. Another language is one more file of this type, and one more line below. */
export type Texts = typeof es;

export const languages = { es } as const satisfies Record<string, Texts>;
