import { binaryType, integerType, stringType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import { sparkError } from '../../core/spark-error.ts';
import { bytesOf, textOf } from './scalar-arguments.ts';

/** `conv`: digits in one base as unsigned 64 bits, written in another; a negative target base means signed. */
function converted(text: string, from: number, to: number): string | null {
  const base = Math.abs(to);
  if (from < 2 || from > 36 || base < 2 || base > 36) return null;
  const digits = text.trim();
  if (digits === '') return null;
  const isNegative = digits.startsWith('-');
  let value = 0n;
  for (const character of isNegative ? digits.slice(1) : digits) {
    const digit = /[0-9a-zA-Z]/.test(character) ? Number.parseInt(character, 36) : Number.NaN;
    if (Number.isNaN(digit) || digit >= from) break;
    value = value * BigInt(from) + BigInt(digit);
  }
  const most = 2n ** 64n - 1n;
  if (value > most) value = most;
  if (to > 0) return (isNegative ? BigInt.asUintN(64, -value) : value).toString(base).toUpperCase();
  const signed = BigInt.asIntN(64, value);
  const size = (signed < 0n ? -signed : signed).toString(base).toUpperCase();
  return isNegative || signed < 0n ? `-${size}` : size;
}

/** An odd number of digits gets a leading zero; NULL where a digit is none. */
function fromHex(text: string): Uint8Array | null {
  if (!/^[0-9A-Fa-f]*$/.test(text)) return null;
  return new Uint8Array(Buffer.from(text.length % 2 === 1 ? `0${text}` : text, 'hex'));
}

const charsets: Readonly<Record<string, 'utf8' | 'latin1' | 'ascii' | 'utf16le' | 'utf16be' | 'utf16'>> = {
  'UTF-8': 'utf8',
  'ISO-8859-1': 'latin1',
  'US-ASCII': 'ascii',
  'UTF-16LE': 'utf16le',
  'UTF-16BE': 'utf16be',
  'UTF-16': 'utf16',
};

function charsetOf(name: string): (typeof charsets)[string] {
  const charset = charsets[name.toUpperCase()];
  if (charset === undefined) throw sparkError('_LEGACY_UNSUPPORTED_ENCODING', { charset: name });
  return charset;
}

function encoded(text: string, name: string): Uint8Array {
  const charset = charsetOf(name);
  switch (charset) {
    case 'utf16be':
      return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
    case 'utf16':
      return text === '' ? new Uint8Array() : new Uint8Array([0xfe, 0xff, ...Buffer.from(text, 'utf16le').swap16()]);
    case 'latin1':
    case 'ascii': {
      // What the charset lacks is a question mark in Java.
      const limit = charset === 'ascii' ? 0x7f : 0xff;
      return Uint8Array.from(
        Array.from(text).map((character) =>
          (character.codePointAt(0) ?? 0) > limit ? 0x3f : (character.codePointAt(0) ?? 0),
        ),
      );
    }
    default:
      return new Uint8Array(Buffer.from(text, charset));
  }
}

function decoded(bytes: Uint8Array, name: string): string {
  const charset = charsetOf(name);
  switch (charset) {
    case 'latin1':
      return Buffer.from(bytes).toString('latin1');
    case 'ascii':
      return [...bytes].map((byte) => (byte > 0x7f ? '\uFFFD' : String.fromCodePoint(byte))).join('');
    case 'utf16le':
      return Buffer.from(bytes).toString('utf16le');
    case 'utf16be':
    case 'utf16': {
      const isLittle = charset === 'utf16' && bytes[0] === 0xff && bytes[1] === 0xfe;
      const marked = isLittle || (charset === 'utf16' && bytes[0] === 0xfe && bytes[1] === 0xff);
      const units = Buffer.from(marked ? bytes.slice(2) : bytes);
      return (isLittle ? units : units.swap16()).toString('utf16le');
    }
    default:
      return new TextDecoder().decode(bytes);
  }
}

/** Java's `URLEncoder`: blanks are `+`; letters, digits and `-_.*` stay. */
const urlEncoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw sparkError('CANNOT_DECODE_URL', { url: text });
  }
}

/** The part of an address that Java's `URI` calls so; with a key, that parameter of the query. */
function urlPart(url: string, part: string, key: string): string | null {
  const found = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  if (!found) return null;
  const [, protocol, authority, path = '', query, fragment] = found;
  switch (part) {
    case 'PROTOCOL':
      return protocol ?? null;
    case 'HOST':
      return authority?.replace(/^[^@]*@/, '').replace(/:\d*$/, '') ?? null;
    case 'PATH':
      return path;
    case 'REF':
      return fragment ?? null;
    case 'AUTHORITY':
      return authority ?? null;
    case 'USERINFO':
      return authority?.includes('@') ? authority.slice(0, authority.lastIndexOf('@')) : null;
    case 'FILE':
      return query === undefined ? path : `${path}?${query}`;
    case 'QUERY':
      if (key === '') return query ?? null;
      return (
        query
          ?.split('&')
          .find((pair) => pair.startsWith(`${key}=`))
          ?.slice(key.length + 1) ?? null
      );
    default:
      return null;
  }
}

/** Text, bytes and bases. */
export const encodingScalars: readonly JsScalar[] = [
  {
    name: 'java_conv',
    takes: [stringType, integerType, integerType],
    returns: stringType,
    evaluate: (text, from, to) => converted(textOf(text), Number(from), Number(to)),
  },
  { name: 'java_unhex', takes: [stringType], returns: binaryType, evaluate: (text) => fromHex(textOf(text)) },
  {
    name: 'java_unbase64',
    takes: [stringType],
    returns: binaryType,
    evaluate: (text) => new Uint8Array(Buffer.from(textOf(text).replaceAll(/[^A-Za-z0-9+/=]/g, ''), 'base64')),
  },
  {
    name: 'java_encode',
    takes: [stringType, stringType],
    returns: binaryType,
    evaluate: (text, charset) => encoded(textOf(text), textOf(charset)),
  },
  {
    name: 'java_decode',
    takes: [binaryType, stringType],
    returns: stringType,
    evaluate: (bytes, charset) => decoded(bytesOf(bytes), textOf(charset)),
  },
  {
    name: 'java_url_encode',
    takes: [stringType],
    returns: stringType,
    evaluate: (text) => urlEncoded(textOf(text)),
  },
  {
    name: 'java_url_decode',
    takes: [stringType],
    returns: stringType,
    evaluate: (text) => urlDecoded(textOf(text)),
  },
  {
    name: 'java_parse_url',
    takes: [stringType, stringType, stringType],
    returns: stringType,
    evaluate: (url, part, key) => urlPart(textOf(url), textOf(part), textOf(key)),
  },
];
