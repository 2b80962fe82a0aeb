import { setTimeout as pause } from 'node:timers/promises';
import { isPassing, KafkaRefusal, KafkaUnavailable } from './kafka-error.ts';

/** Between two tries: at once noticeable to nobody, and 20 tries a second are cheap. */
const pauseMs = 50;

/** How long somebody waits for a server that does not answer. */
export class Patience {
  private readonly limitMs: (hasWorked: boolean) => number;
  private readonly stopping = new AbortController();
  private hasWorked = false;

  /** `limitMs`: by whether a server has answered before. */
  constructor(limitMs: (hasWorked: boolean) => number) {
    this.limitMs = limitMs;
  }

  /** Gives up all waiting, now and later. */
  stop(): void {
    this.stopping.abort();
  }

  get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Waits, at most until `stop`. */
  async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  /**
   * Repeats `action` while no server answers, and while `again` says so of a refusal. Rejects with the last error when the time is up; others pass at once.
   */
  async keepTrying<Answer>(
    action: () => Promise<Answer>,
    again: (refusal: KafkaRefusal) => boolean = () => false,
  ): Promise<Answer> {
    const began = performance.now();
    for (;;) {
      try {
        const answer = await action();
        this.hasWorked = true;
        return answer;
      } catch (error) {
        const helps = error instanceof KafkaUnavailable || (error instanceof KafkaRefusal && again(error));
        if (!helps || this.isStopped || performance.now() - began >= this.limitMs(this.hasWorked)) throw error;
      }
      await this.pause(pauseMs);
    }
  }
}

/** The topic is about to be there. */
export const whilePassing = (refusal: KafkaRefusal): boolean => isPassing(refusal.code);

/** Spark waits a minute for a server, three times. A program that never reached one is told sooner; one that did may see its server restarted. */
const firstLimitMs = 10_000;
const laterLimitMs = 60_000;

/** Patience of a reader or writer. `settings`: of the Kafka client; a shorter time-out named there counts. */
export function clientPatience(
  settings: ReadonlyMap<string, string>,
  setting: 'default.api.timeout.ms' | 'max.block.ms',
): Patience {
  const named = Number(settings.get(setting) ?? Number.NaN);
  const least = (limit: number): number => (Number.isFinite(named) ? Math.min(named, limit) : limit);
  return new Patience((hasWorked) => least(hasWorked ? laterLimitMs : firstLimitMs));
}
