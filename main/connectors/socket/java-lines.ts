/** Bytes of a socket as the lines of Java's `BufferedReader`: `\n`, `\r\n` and a lone `\r` end one; bytes that are no UTF-8 become U+FFFD. */
export class JavaLines {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #rest = '';
  /** The last line ended in `\r`: a `\n` that follows belongs to it. */
  #skipsNewline = false;

  /** The lines that these bytes complete, without their ends. */
  push(bytes: Uint8Array): readonly string[] {
    return this.#split(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The peer has closed: what it sent after the last line's end is a line too. */
  end(): readonly string[] {
    const lines = this.#split(this.#decoder.decode());
    return this.#rest === '' ? lines : [...lines, this.#rest];
  }

  #split(text: string): readonly string[] {
    const fresh = this.#skipsNewline && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') this.#skipsNewline = text.endsWith('\r');
    const lines = (this.#rest + fresh).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    return lines;
  }
}
