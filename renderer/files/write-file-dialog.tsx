import { useState, type FormEvent } from 'react';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { FilesStore } from './files-store.ts';
import { putFile } from './put-file.ts';

type WriteFileDialogProps = { readonly store: FilesStore; readonly folder: string; readonly onClose: () => void };

const firstName = 'datos.json';

/** A small file typed by hand, for trying things out. */
export function WriteFileDialog({ store, folder, onClose }: WriteFileDialogProps) {
  const model = useModel();
  const { files, app } = model.texts;
  const [name, setName] = useState(firstName);
  const [text, setText] = useState('');
  const [isBad, setBad] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const clean = name.trim();
    if (clean === '' || /[\\/]/.test(clean)) return setBad(true);
    if (
      await putFile(model, store, {
        name: clean,
        folder,
        text: text.endsWith('\n') || text === '' ? text : `${text}\n`,
      })
    )
      onClose();
  };
  return (
    <Dialog title={files.writeTitle(folder)} onClose={onClose}>
      <form className="dialog-form" onSubmit={(event) => void save(event)}>
        <label className="field">
          {files.name}
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            aria-invalid={isBad}
            spellCheck={false}
          />
        </label>
        {isBad ? (
          <p className="field-problem" role="alert">
            {files.badName}
          </p>
        ) : null}
        <label className="field">
          {files.content}
          <textarea value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} />
        </label>
        <div className="form-actions">
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button tone="primary" type="submit">
            {files.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
