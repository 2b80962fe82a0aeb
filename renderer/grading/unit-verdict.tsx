import type { Difference, UnitReplay } from '../../main/contract/grading-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { diffLines } from './diff-lines.ts';
import { ReplayMark } from './row-marks.tsx';

/** What the replay of one unit came to, with every difference as a table. */
export function UnitVerdict({ unit }: { readonly unit: UnitReplay }) {
  const { grading: words } = useTexts();
  return (
    <article className="unit" aria-label={unit.title}>
      <h3>
        {unit.title} <ReplayMark verdict={unit.verdict} />
      </h3>
      <p>{unit.message}</p>
      {unit.verdict === 'cannot_run' ? null : (
        <p className="grading-note">
          {words.compared(unit.compared)} · {words.differences(unit.differences.length)}
        </p>
      )}
      {unit.differences.map((difference, index) => (
        // Two differences may say the same of two places that have no name.
        <DifferenceTable key={index} difference={difference} />
      ))}
    </article>
  );
}

function DifferenceTable({ difference }: { readonly difference: Difference }) {
  const { grading: words } = useTexts();
  const { message, columns, query, batch, cell, evidence } = difference;
  const lines = diffLines(difference);
  const place = [evidence, cell, query, batch === null ? null : words.batch(batch)].filter((part) => part !== null);
  return (
    <div className="difference">
      <p>
        <b>{message}</b> <span className="grading-note">{place.join(' · ')}</span>
      </p>
      {lines.length === 0 ? null : (
        <div className="difference-scroll" role="region" aria-label={words.diffTable(message)} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.diff.side}</th>
                {columns.map((name, index) => (
                  <th key={`${index} ${name}`} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map(({ side, cells }, at) => (
                <tr key={at} data-side={side}>
                  <th scope="row">
                    {side === 'handedIn' ? '−' : '+'} {words.diff[side]}
                  </th>
                  {cells.map(({ text, differs }, index) => (
                    <td key={index}>{differs ? <mark>{text}</mark> : text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
