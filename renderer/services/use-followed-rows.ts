import { useEffect, useMemo } from 'react';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { FollowedRows } from './followed-rows.ts';

/** Rows that follow the micro-batches of the notebook at `path`, with who wrote them by index, in words. `look` must stay the same function while it looks at the same rows. */
export function useFollowedRows<Seen extends { readonly rows: readonly string[] }>(
  path: string,
  look: () => Promise<Seen | null>,
) {
  const model = useModel();
  const { host, texts } = model;
  const followed = useMemo(() => new FollowedRows(look, () => model.queries(path).writing()), [look, model, path]);
  useEffect(() => followed.follow(host, path), [followed, host, path]);
  const { seen, writers, written } = useStore(followed.state);
  const { services: words } = texts;
  const by = words.either(writers.map(({ query, first, last }) => words.writtenBy(query, first, last)));
  return {
    seen,
    writtenBy: new Map(written.map((index) => [index, by])),
    /** `3 filas escritas por Bizum, lote 4`; empty while no batch wrote here. */
    writtenNote: written.length === 0 ? '' : words.writtenNote(written.length, by),
    refresh: () => void followed.refresh(),
  };
}
