// These two packages come without types; declared is what this folder and its tests use.
declare module 'snappyjs' {
  /** Throws for what is no Snappy block, and for more than `maxBytes`. */
  export function uncompress(block: Uint8Array, maxBytes?: number): Uint8Array;
  export function compress(bytes: Uint8Array): Uint8Array;
}

declare module 'lz4js' {
  /** Takes an LZ4 frame. Throws for what is none. */
  export function decompress(frame: Uint8Array, maxBytes?: number): Uint8Array;
  export function compress(bytes: Uint8Array): Uint8Array;
}
