import { send, type Scene } from '../rehearsals.ts';

/** Messages that `bizum-kafka.py` sent together, and how long after the ones before. */
export type BizumBurst = { readonly afterSeconds: number; readonly values: readonly string[] };

/** The Bizum unit with the producer’s recorded messages in place of the producer. */
export function bizumFeed(bursts: readonly BizumBurst[]): readonly Scene[] {
  return [
    {
      after: 'bizum-consola',
      play: async (window) => {
        for (const { afterSeconds, values } of bursts) {
          await window.pass(afterSeconds * 1000);
          await send(window, 'iabd-bizum', values);
        }
      },
    },
    {
      after: 'bizum-directo',
      play: async (window) => {
        await window.hears('query.event', ({ event }) => event.kind === 'query_terminated' && event.error !== null);
      },
    },
  ];
}
