/** Which files a stream has read. Entries older than `maxAgeMs` before the newest one seen are forgotten and never read again. */
export class SeenFiles {
  private readonly seen = new Map<string, number>();
  private readonly maxAgeMs: number;
  private readonly identity: (uri: string) => string;
  private latestMs = 0;
  private purgedToMs = 0;

  constructor(maxAgeMs: number, fileNameOnly: boolean) {
    this.maxAgeMs = maxAgeMs;
    this.identity = fileNameOnly ? (uri) => uri.slice(uri.lastIndexOf('/') + 1) : (uri) => uri;
  }

  add(uri: string, modifiedMs: number): void {
    this.seen.set(this.identity(uri), modifiedMs);
    this.latestMs = Math.max(this.latestMs, modifiedMs);
  }

  isNew(uri: string, modifiedMs: number): boolean {
    return modifiedMs >= this.purgedToMs && !this.seen.has(this.identity(uri));
  }

  purge(): void {
    this.purgedToMs = Math.max(this.latestMs - this.maxAgeMs, this.purgedToMs);
    for (const [uri, modifiedMs] of this.seen) if (modifiedMs < this.purgedToMs) this.seen.delete(uri);
  }
}
