const pageBytes = 65_536;

type WasmMemory = { readonly buffer: ArrayBuffer; grow: (this: WasmMemory, pages: number) => number };
type WasmGlobal = { readonly WebAssembly: { readonly Memory: { readonly prototype: WasmMemory } } };

/** From now on no WebAssembly memory of this thread grows past `limitBytes`: Python sees a `MemoryError` and lives on. */
export function capWasmMemory(limitBytes: number): void {
  const { prototype } = (globalThis as unknown as WasmGlobal).WebAssembly.Memory;
  const grow = prototype.grow;
  prototype.grow = function (this: WasmMemory, pages: number): number {
    if (this.buffer.byteLength + pages * pageBytes > limitBytes) throw new RangeError('memory limit of the kernel');
    return grow.call(this, pages);
  };
}
