import { useEffect } from 'react';
import { createPacer } from '../store/pacer.ts';
import { useModel } from '../store/use-model.ts';

/** Lists of tables and collections change seldom. */
const everyMs = 2_000;

/** Runs `look` now, and after the micro-batches of the notebook at `path`: they may have made a table or a collection. */
export function useAfterBatches(path: string, look: () => void): void {
  const { host } = useModel();
  useEffect(() => {
    let isSeen = true;
    const pacer = createPacer(() => {
      if (isSeen) look();
    }, everyMs);
    pacer.flush();
    const end = host.on('query.event', ({ path: from, event }) => {
      if (from === path && event.kind === 'query_progress' && event.executed) pacer.request();
    });
    return () => {
      isSeen = false;
      end();
    };
  }, [host, path, look]);
}
