import sans from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff2?url';
import sansBold from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-600-normal.woff2?url';
import mono from '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2?url';

const faces = [
  { family: 'Hyperlegible', weight: 400, address: sans },
  { family: 'Hyperlegible', weight: 600, address: sansBold },
  { family: 'Mono', weight: 400, address: mono },
];

let loaded: Promise<string> | null = null;

/** The window's own fonts as CSS that needs nothing else: a picture is the same on every machine. */
export function shippedFonts(): Promise<string> {
  loaded ??= Promise.all(faces.map(faceOf)).then((rules) => rules.join('\n'));
  // A failure is not kept: the next capture tries again.
  loaded.catch(() => {
    loaded = null;
  });
  return loaded;
}

async function faceOf({ family, weight, address }: (typeof faces)[number]): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return `@font-face{font-family:${family};font-weight:${weight};src:url(data:font/woff2;base64,${toBase64(bytes)}) format("woff2")}`;
}

/** In pieces: an argument list has an end. */
export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 32_768)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)));
  return btoa(pieces.join(''));
}
