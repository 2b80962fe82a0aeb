import { nameOfQuery } from '../queries/query-store.ts';
import { watermarkClock } from '../queries/watermark-clock.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';

/** One line about the newest running query, and where the work lies. */
export function StatusBar({ path }: { readonly path: string }) {
  const model = useModel();
  const { queries: texts, start, link: linkTexts } = model.texts;
  const query = useStore(model.queries(path).state, (state) =>
    state.queries.findLast((one) => one.status === 'running'),
  );
  const link = useStore(model.link);
  const info = useStore(model.info);
  return (
    <footer className="status">
      {query === undefined ? (
        <span>{texts.noneRunning}</span>
      ) : (
        <>
          <span>{texts.statusBar(nameOfQuery(query))}</span>
          <span>{query.batchId === null ? texts.firstBatch : texts.batch(query.batchId)}</span>
          {query.watermark === null ? null : <span>{texts.watermarkLong(watermarkClock(query.watermark))}</span>}
          {query.stateRows === null ? null : <span>{texts.state(query.stateRows)}</span>}
        </>
      )}
      <span className="spacer" />
      <span>{link === 'open' ? start.savedHere : linkTexts.lost}</span>
      {info === null ? null : <span>{`Marea ${info.version}`}</span>}
    </footer>
  );
}
