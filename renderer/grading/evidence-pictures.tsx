import type { GradingDetail } from '../../main/contract/grading-requests.ts';
import { useTexts } from '../store/use-model.ts';

/** The captures that were handed in, as pictures. */
export function EvidencePictures({ pictures }: { readonly pictures: GradingDetail['pictures'] }) {
  const { grading: words } = useTexts();
  return (
    <section className="card detail-card" aria-label={words.pictures}>
      <h2>{words.pictures}</h2>
      {pictures.length === 0 ? <p>{words.noPictures}</p> : null}
      <div className="detail-pictures">
        {pictures.map(({ path, title, unit, batch, png }) => (
          <figure key={path}>
            {png === null ? (
              <p className="grading-bad">{words.noPicture}</p>
            ) : (
              <img src={`data:image/png;base64,${png}`} alt={words.picture(title)} />
            )}
            <figcaption>
              {[title, unit, batch === null ? null : words.batch(batch)].filter((part) => part !== null).join(' · ')}
            </figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}
