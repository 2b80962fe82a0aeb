import { useEffect, useState } from 'react';
import type { RequestOutput, TablePreview } from '../../main/contract/requests.ts';
import { CaptureButton } from '../capture/capture-button.tsx';
import { tableCapture } from '../capture/table-capture.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type Preview = RequestOutput<'files.preview'>;

/** The beginning of a file: a table for JSON and Parquet, otherwise its text. */
export function FilePreview({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const { host, texts } = useModel();
  const { files } = texts;
  const [preview, setPreview] = useState<Preview | 'loading' | 'failed'>('loading');
  useEffect(() => {
    let isCurrent = true;
    host.request('files.preview', { path }).then(
      (answer) => isCurrent && setPreview(answer),
      () => isCurrent && setPreview('failed'),
    );
    return () => {
      isCurrent = false;
    };
  }, [host, path]);
  const name = path.split('/').at(-1) ?? path;
  return (
    <Dialog title={name} onClose={onClose} wide>
      {preview === 'loading' ? (
        <p>{texts.app.loading}</p>
      ) : preview === 'failed' ? (
        <p>{files.previewFailed}</p>
      ) : (
        <PreviewBody preview={preview} path={path} name={name} />
      )}
    </Dialog>
  );
}

type PreviewBodyProps = { readonly preview: Preview; readonly path: string; readonly name: string };

function PreviewBody({ preview, path, name }: PreviewBodyProps) {
  const { files } = useTexts();
  return (
    <>
      {preview.kind === 'table' && preview.table !== undefined ? (
        <PreviewTable table={preview.table} path={path} name={name} />
      ) : null}
      {preview.kind === 'text' && preview.text !== undefined ? (
        <div className="preview-text">
          <pre tabIndex={0}>{preview.text}</pre>
          <CopyButton text={preview.text} label={files.preview(name)} />
        </div>
      ) : null}
      {preview.kind === 'binary' ? <p>{files.binary}</p> : null}
      {preview.truncated ? <p className="card-note">{files.truncated}</p> : null}
    </>
  );
}

type PreviewTableProps = { readonly table: TablePreview; readonly path: string; readonly name: string };

function PreviewTable({ table, path, name }: PreviewTableProps) {
  const { files, capture } = useTexts();
  return (
    <>
      <div className="preview-head">
        <p className="panel-sentence">
          <b>{files.rows(table.total)}.</b>
        </p>
        <CaptureButton
          label={capture.table(name)}
          what={() =>
            tableCapture({
              path,
              name,
              sentence: capture.tableSentence(path, table.rows.length, table.total),
              columns: table.columns.map((column) => column.name),
              rows: table.rows,
            })
          }
        />
      </div>
      <div className="table-scroll preview-table" tabIndex={0} role="group" aria-label={files.preview(name)}>
        <table className="table">
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name}
                  <small>{column.type}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, position) => (
              <tr key={position}>
                {row.map((value, column) => (
                  <td key={column} className="mono">
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
