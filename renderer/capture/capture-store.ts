import { hasProvenance, type EvidenceItem, type Student } from '../../main/contract/evidence-schema.ts';
import type { Host } from '../../main/contract/host-api.ts';
import type { RequestInput, RequestOutput } from '../../main/contract/requests.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { createStore, type Store } from '../store/external-store.ts';
import type { Notices } from '../store/notices.ts';
import type { Texts } from '../text/texts.ts';
import { toBase64 } from './shipped-fonts.ts';

/** What is on the screen and can be captured. */
export type Capturable = RequestInput<'evidence.draft'>;
type Captured = RequestOutput<'evidence.capture'>;

export type CapturePorts = {
  readonly host: Host;
  readonly texts: Texts;
  readonly notices: Notices;
  /** Draws what a capture says; a PNG. */
  readonly draw: (item: EvidenceItem, what: Capturable) => Promise<Blob>;
  /** Draws a kept capture as SVG. */
  readonly drawAgain: (kept: RequestOutput<'evidence.read'>) => Promise<string>;
  /** Offers a file to save. */
  readonly save: (name: string, content: Blob) => void;
  /** Refused by browsers that do not let a page write pictures. */
  readonly copy: (png: Blob) => Promise<void>;
};

/** `capture`: what waits for the name; null: only the name is changed. */
export type StudentQuestion = { readonly capture: Capturable | null };

/** Captures of evidence: made from what is shown, listed by what they tick. */
export class CaptureStore {
  /** Null until it was asked for. */
  readonly list: Store<RequestOutput<'evidence.list'> | null> = createStore<RequestOutput<'evidence.list'> | null>(
    null,
  );
  readonly student: Store<Student | null> = createStore<Student | null>(null);
  /** The dialog that asks for name and NIA; null: closed. */
  readonly question: Store<StudentQuestion | null> = createStore<StudentQuestion | null>(null);
  readonly #ports: CapturePorts;
  #isListed = false;

  constructor(ports: CapturePorts) {
    this.#ports = ports;
    ports.host.on('evidence.captured', () => {
      if (this.#isListed) void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    this.#isListed = true;
    const { host } = this.#ports;
    const [list, student] = await Promise.all([
      host.request('evidence.list', {}).catch(() => null),
      host.request('student.read', {}).catch(() => null),
    ]);
    if (list !== null) this.list.set(list);
    if (student !== null) this.student.set(student.student);
  }

  /** Captures what is shown; the first time it asks whose it is. Answers whether it is kept already. */
  async capture(what: Capturable): Promise<boolean> {
    const { host, notices, texts } = this.#ports;
    try {
      const { student } = await host.request('student.read', {});
      this.student.set(student);
      if (student === null) {
        this.question.set({ capture: what });
        return false;
      }
      this.#tell(...(await this.#make(what)));
      return true;
    } catch (error) {
      notices.toast({ text: texts.capture.failed(messageOfFailure(error)), tone: 'bad' });
      return false;
    }
  }

  /** Keeps name and NIA, and makes the capture that waited for them. */
  async answer(student: Student): Promise<void> {
    await this.#ports.host.request('student.write', student);
    this.student.set(student);
    const waiting = this.question.get()?.capture ?? null;
    this.question.set(null);
    if (waiting !== null) await this.capture(waiting);
  }

  async remove(unit: string, id: string): Promise<void> {
    const { host, notices, texts } = this.#ports;
    try {
      await host.request('evidence.remove', { unit, id });
    } catch {
      notices.toast({ text: texts.evidence.removeFailed, tone: 'bad' });
    }
    await this.refresh();
  }

  /** Offers the picture alone as a file, as it was captured or drawn again from its data. */
  async exportAs(format: 'png' | 'svg', unit: string, id: string): Promise<void> {
    const { host, notices, texts, save, drawAgain } = this.#ports;
    try {
      const kept = await host.request('evidence.read', { unit, id });
      const content =
        format === 'png'
          ? new Blob([Uint8Array.from(atob(kept.png), (char) => char.charCodeAt(0))], { type: 'image/png' })
          : new Blob([await drawAgain(kept)], { type: 'image/svg+xml' });
      save(`${unit === '' ? '' : `${unit}-`}${id}.${format}`, content);
    } catch (error) {
      notices.toast({ text: texts.capture.exportFailed(messageOfFailure(error)), tone: 'bad' });
    }
  }

  async #make(what: Capturable): Promise<readonly [Captured, boolean]> {
    const { host, draw, copy, texts } = this.#ports;
    const { item } = await host.request('evidence.draft', what);
    const png = await draw(item, what).catch(() => {
      throw new Error(texts.capture.noPicture);
    });
    const bytes = new Uint8Array(await png.arrayBuffer());
    const { unit } = item.source;
    // At once: browsers let a page copy only shortly after a click.
    const [captured, isCopied] = await Promise.all([
      host.request('evidence.capture', { unit, id: item.id, png: toBase64(bytes) }),
      copy(png).then(
        () => true,
        () => false,
      ),
    ]);
    return [captured, isCopied];
  }

  #tell({ item, required }: Captured, isCopied: boolean): void {
    const { capture } = this.#ports.texts;
    const kept = isCopied ? capture.kept(item.id) : capture.keptOnly(item.id);
    const counts =
      required !== null
        ? required.state === 'ticked'
          ? capture.ticks(required.title)
          : capture.lacks(required.title, required.message)
        : hasProvenance(item.kind)
          ? capture.ticksNothing
          : capture.neverTicks;
    const { unit } = item.source;
    this.#ports.notices.toast({
      text: `${kept} ${counts}`,
      tone: 'plain',
      actions: [
        { label: capture.savePng, run: () => void this.exportAs('png', unit, item.id) },
        { label: capture.saveSvg, run: () => void this.exportAs('svg', unit, item.id) },
      ],
    });
  }
}
