import type { ReactNode } from 'react';
import { useTexts } from '../store/use-model.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { tableText, type ResultTable, type TableFormat } from './table-text.ts';
import './result-table.css';

type ResultTableProps = {
  readonly table: ResultTable;
  readonly label: string;
  readonly note?: string;
  readonly tools?: ReactNode;
  /** Who wrote a row in the newest micro-batch, by the row's index. */
  readonly writtenBy?: ReadonlyMap<number, string>;
  /** JSON with types that the table does not show; absent: each value as its text. */
  readonly copyJson?: () => string;
};

const formats: readonly TableFormat[] = ['text', 'csv', 'json'];
const nobody: ReadonlyMap<number, string> = new Map();

/** Rows of a result, the ones that the newest batch wrote marked by colour and by words; copied as text, CSV or JSON. */
export function ResultTableView({ table, label, note, tools, writtenBy = nobody, copyJson }: ResultTableProps) {
  const { services: texts } = useTexts();
  const textIn = (format: TableFormat) => (format === 'json' ? copyJson?.() : undefined) ?? tableText(table, format);
  const isMarked = writtenBy.size > 0;
  return (
    <>
      <div className="result-tools">
        {note === undefined ? null : <span role="status">{note}</span>}
        <span className="spacer" />
        {tools}
        <span>{texts.copyAs}</span>
        {formats.map((format) => (
          <CopyButton key={format} text={() => textIn(format)} label={texts.copyTable(texts.formats[format])}>
            {texts.formats[format]}
          </CopyButton>
        ))}
      </div>
      <table className="result-table" aria-label={label}>
        <thead>
          <tr>
            {isMarked ? <th scope="col">{texts.batchColumn}</th> : null}
            {table.columns.map((name, index) => (
              // Two columns of a result may have one name.
              <th key={`${index} ${name}`} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            // Rows have no name: two may be equal.
            <tr key={at} data-written={writtenBy.get(at)}>
              {isMarked ? <td className="result-writer">{writtenBy.get(at) ?? ''}</td> : null}
              {row.map((value, index) => (
                <td key={index} className={value === null ? 'result-null' : undefined}>
                  {value ?? 'NULL'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
