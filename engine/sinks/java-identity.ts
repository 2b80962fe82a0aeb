/** `Name@1a2b3c4d`, as Java prints an object without a text of its own. */
export const javaIdentity = (name: string): string =>
  `${name}@${Math.floor(Math.random() * 0xffffffff)
    .toString(16)
    .padStart(8, '0')}`;
