const pageBytes = 65_536;

/** From now on no WebAssembly memory of this thread grows past `limitBytes`: Python sees a `MemoryError` and lives on. */
export function capWasmMemory(limitBytes: number): void {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * pageBytes > limitBytes) throw new RangeError('memory limit of the kernel');
    return grow.call(this, pages);
  };
}
