import { strFromU8, strToU8, unzipSync } from 'fflate';
import { evidenceDataSchema, evidenceItemSchema, type EvidenceData } from '../../../main/contract/evidence-schema.ts';
import {
  handInFile,
  handInSchema,
  inputsFile,
  logFile,
  manifestFile,
  type HandIn,
} from '../../../main/grading/bundle-schema.ts';
import { sealKind, sealOf } from '../../../main/grading/hand-in-seal.ts';
import { manifestOf } from '../../../main/grading/manifest.ts';
import { logHead } from '../../../main/grading/write-bundle.ts';
import { writeZip } from '../../../main/grading/write-zip.ts';
import { canonicalJson } from '../../../main/workspace/canonical-json.ts';
import { chainEvent, eventLine, verifyChain, type ChainedEvent } from '../../../main/workspace/event-chain.ts';
import { hashOfData, provenanceKeyword } from '../../../main/workspace/evidence-store.ts';
import { inputItemSchema, type InputItem } from '../../../main/workspace/input-item.ts';
import { withPngText } from '../../../main/workspace/png-text.ts';
import { sha256Of } from '../../../main/workspace/sha256.ts';

/** Rewrites a hand-in as its owner could with time and this source at hand: whatever vouches for what was changed is made anew. */
export class Forger {
  readonly #files: Map<string, Uint8Array>;
  #handIn: HandIn;
  #events: readonly Pick<ChainedEvent, 'at' | 'kind' | 'data'>[];

  constructor(bundle: Uint8Array) {
    this.#files = new Map(Object.entries(unzipSync(bundle)));
    this.#handIn = handInSchema.parse(JSON.parse(this.text(handInFile)));
    const chain = verifyChain(this.text(logFile));
    if (!chain.isWhole) throw new Error('the bundle to forge is not whole');
    this.#events = chain.events;
  }

  text(path: string): string {
    return strFromU8(this.#files.get(path) ?? new Uint8Array());
  }

  /** In their order. */
  get captures(): readonly { readonly id: string; readonly cell: string | null }[] {
    return this.#handIn.evidence.map(({ id, source }) => ({ id, cell: source.cell }));
  }

  /** Other data of a capture: in its three files, in the list of evidence, in the log. */
  evidence(id: string, change: (data: EvidenceData) => EvidenceData): this {
    const found = this.#handIn.evidence.find((it) => it.id === id);
    if (found === undefined) throw new Error(`there is no capture ${id}`);
    const { item, data } = evidenceFile(this.text(`${found.path}.json`));
    const forged = change(data);
    const dataHash = hashOfData(forged);
    const forgedItem = { ...item, dataHash, shortHash: dataHash.slice(0, 8) };
    const txt = this.text(`${found.path}.txt`).replace(data.text, forged.text).replace(item.dataHash, dataHash);
    const json = `${JSON.stringify({ v: 1, item: forgedItem, data: forged }, null, 1)}\n`;
    const old = this.#files.get(`${found.path}.png`) ?? new Uint8Array();
    const png = withPngText(old, provenanceKeyword, canonicalJson({ v: 1, item: forgedItem }));
    this.#put(`${found.path}.txt`, txt).#put(`${found.path}.json`, json);
    this.#files.set(`${found.path}.png`, png);
    const sha256 = { png: sha256Of(png), json: sha256Of(json), txt: sha256Of(txt) };
    this.#handIn = {
      ...this.#handIn,
      evidence: this.#handIn.evidence.map((it) =>
        it.id === id ? { ...it, dataHash, shortHash: forgedItem.shortHash, sha256 } : it,
      ),
    };
    return this.#rewriteLog({ [found.sha256.json]: sha256.json, [found.sha256.png]: sha256.png });
  }

  /** Other content of what programs read: in the file of inputs, and under its new name in the log. */
  inputs(change: (item: InputItem) => InputItem): this {
    const items = this.text(inputsFile)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => inputItemSchema.parse(JSON.parse(line)));
    const forged = items.map((item) => ({ before: item, after: change(item) }));
    this.#put(inputsFile, forged.map(({ after }) => `${canonicalJson(after)}\n`).join(''));
    return this.#rewriteLog(
      Object.fromEntries(
        forged.map(({ before, after }) => [sha256Of(canonicalJson(before)), sha256Of(canonicalJson(after))]),
      ),
    );
  }

  /** Other content of a file, or none; nothing else is told of it but the manifest. */
  file(path: string, content: string | null): this {
    if (content !== null) return this.#put(path, content);
    this.#files.delete(path);
    return this;
  }

  /** A log whose every line follows from the one before, with its seal, and a manifest that fits. */
  sealed(): Buffer {
    let last: ChainedEvent | null = null;
    let log = '';
    for (const event of this.#events) {
      const data = event.kind === sealKind && event === this.#events.at(-1) ? sealOf(this.#handIn) : event.data;
      last = chainEvent(last, { ...event, data });
      log += eventLine(last);
    }
    this.#put(logFile, log);
    this.#put(handInFile, `${canonicalJson({ ...this.#handIn, logHead: logHead(log) })}\n`);
    return this.listed();
  }

  /** Only the manifest is made anew. */
  listed(): Buffer {
    this.#put(manifestFile, manifestOf(this.#files));
    return Buffer.from(writeZip(this.#files));
  }

  #put(path: string, content: string): this {
    this.#files.set(path, strToU8(content));
    return this;
  }

  /** Hashes in place of hashes. */
  #rewriteLog(names: Readonly<Record<string, string>>): this {
    this.#events = this.#events.map((event) => ({
      ...event,
      data: JSON.parse(
        JSON.stringify(event.data).replaceAll(/\b[0-9a-f]{64}\b/g, (hash) => names[hash] ?? hash),
      ) as unknown,
    }));
    return this;
  }
}

function evidenceFile(text: string) {
  const { item, data } = JSON.parse(text) as { readonly item: unknown; readonly data: unknown };
  return { item: evidenceItemSchema.parse(item), data: evidenceDataSchema.parse(data) };
}

/** The last whole number of the last table, one more or one less, wherever it is shown. */
export function withOneDigitChanged(data: EvidenceData): EvidenceData {
  const table = data.tables.at(-1);
  const row = table?.rows.at(-1);
  const at = row?.findLastIndex((cell) => /^\d$/.test(cell)) ?? -1;
  if (table === undefined || row === undefined || at < 0) throw new Error('the capture shows no number of one digit');
  const digit = String((Number(row[at]) + 1) % 10);
  const rows = [...table.rows.slice(0, -1), row.with(at, digit)];
  const lines = data.text.split('\n');
  const line = lines.findLastIndex((each) => row.every((cell) => each.includes(cell)));
  const cut = lines[line]?.lastIndexOf(row[at] ?? '') ?? 0;
  const text = lines.with(line, `${lines[line]?.slice(0, cut)}${digit}${lines[line]?.slice(cut + 1)}`).join('\n');
  return { ...data, text, tables: [...data.tables.slice(0, -1), { ...table, rows }] };
}
