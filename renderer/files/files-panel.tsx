import { ChevronDown, ChevronRight, File as FileIcon, FileJson2, Folder, Sheet, Upload } from 'lucide-react';
import { useId, useRef, useState, type DragEvent } from 'react';
import type { InputFile } from '../../main/contract/guide-schema.ts';
import type { FileEntry } from '../../main/contract/requests.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardHead } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FilePreview } from './file-preview.tsx';
import { fileFromDisk, putFile } from './put-file.ts';
import { pathIn, type FilesStore } from './files-store.ts';
import { WriteFileDialog } from './write-file-dialog.tsx';
import './files.css';

type FilesPanelProps = {
  readonly store: FilesStore;
  /** Folder into which new data goes, relative to the root. */
  readonly dropFolder: string;
  readonly inputs: readonly InputFile[];
  readonly onReset: (() => void) | null;
};

/** The activity's working folder: what the program reads, writes and remembers. */
export function FilesPanel({ store, dropFolder, inputs, onReset }: FilesPanelProps) {
  const model = useModel();
  const { files } = model.texts;
  const { absolute, children, failed } = useStore(store.state);
  const [preview, setPreview] = useState<string | null>(null);
  const [isWriting, setWriting] = useState(false);
  const [isOver, setOver] = useState(false);
  const root = children[store.root];
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    for (const file of event.dataTransfer.files)
      void fileFromDisk(file, dropFolder).then((content) => putFile(model, store, content));
  };
  return (
    <Card label={model.texts.regions.files} className={isOver ? 'files files-over' : 'files'}>
      <CardHead title={model.texts.regions.files}>
        {onReset === null ? null : (
          <Button small tone="quiet" onClick={onReset}>
            {files.reset}
          </Button>
        )}
      </CardHead>
      <div
        className="files-body scroll"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {failed ? <p className="panel-empty">{files.failed}</p> : null}
        {root === undefined ? null : <FileTree store={store} folder={store.root} onPreview={setPreview} />}
        <OfferedInputs store={store} inputs={inputs} />
        <DropLine store={store} dropFolder={dropFolder} onWrite={() => setWriting(true)} />
        {absolute === '' ? null : (
          <p className="files-path">
            <span>{files.path}</span>
            <code title={absolute}>{absolute}</code>
            <CopyButton text={absolute} label={files.copyPath} />
          </p>
        )}
      </div>
      {preview === null ? null : <FilePreview path={preview} onClose={() => setPreview(null)} />}
      {isWriting ? <WriteFileDialog store={store} folder={dropFolder} onClose={() => setWriting(false)} /> : null}
    </Card>
  );
}

type FileTreeProps = {
  readonly store: FilesStore;
  readonly folder: string;
  readonly onPreview: (path: string) => void;
};

function FileTree({ store, folder, onPreview }: FileTreeProps) {
  const { files } = useModel().texts;
  const { children, expanded } = useStore(store.state);
  // The notebook lies in the same folder, but it is open above.
  const entries = (children[folder] ?? []).filter((entry) => entry.role !== 'notebook');
  if (entries.length === 0)
    return <p className="files-empty">{folder === store.root ? files.emptyRoot : files.empty}</p>;
  return (
    <ul className="tree">
      {entries.map((entry) => (
        <li key={entry.path}>
          {entry.isFolder ? (
            <>
              <FolderRow
                entry={entry}
                isOpen={expanded[entry.path] ?? false}
                count={children[entry.path]?.length}
                onToggle={() => void store.toggle(entry.path)}
              />
              {expanded[entry.path] ? <FileTree store={store} folder={entry.path} onPreview={onPreview} /> : null}
            </>
          ) : (
            <FileRow entry={entry} onPreview={onPreview} />
          )}
        </li>
      ))}
    </ul>
  );
}

type FolderRowProps = {
  readonly entry: FileEntry;
  readonly isOpen: boolean;
  readonly count: number | undefined;
  readonly onToggle: () => void;
};

function FolderRow({ entry, isOpen, count, onToggle }: FolderRowProps) {
  const { files } = useModel().texts;
  const Arrow = isOpen ? ChevronDown : ChevronRight;
  return (
    <button type="button" className="file" aria-expanded={isOpen} onClick={onToggle}>
      <Arrow size={14} aria-hidden />
      <Folder size={15} aria-hidden />
      <span className="mono">{entry.name}</span>
      <em>
        {isOpen && count !== undefined
          ? files.count(count)
          : entry.role === 'other' || files.roles[entry.role] === entry.name
            ? ''
            : files.roles[entry.role]}
      </em>
    </button>
  );
}

function FileRow({ entry, onPreview }: { readonly entry: FileEntry; readonly onPreview: (path: string) => void }) {
  const { files, format } = useModel().texts;
  const Icon = entry.name.endsWith('.json') ? FileJson2 : entry.name.endsWith('.parquet') ? Sheet : FileIcon;
  return (
    <button
      type="button"
      className="file file-leaf"
      onClick={() => onPreview(entry.path)}
      title={files.preview(entry.name)}
    >
      <Icon size={15} aria-hidden />
      <span className="mono">{entry.name}</span>
      <em>
        {format.size(entry.size)} · {format.shortClock(entry.modifiedMs)}
      </em>
    </button>
  );
}

type DropLineProps = { readonly store: FilesStore; readonly dropFolder: string; readonly onWrite: () => void };

/** The place to drop files; picking and writing do the same without a mouse. */
function DropLine({ store, dropFolder, onWrite }: DropLineProps) {
  const model = useModel();
  const { files } = model.texts;
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <p className="drop">
      {files.dropHere(dropFolder)}{' '}
      <Button tone="link" onClick={() => picker.current?.click()}>
        {files.pick}
      </Button>{' '}
      {files.or}{' '}
      <Button tone="link" onClick={onWrite}>
        {files.write}
      </Button>
      <label htmlFor={id} className="visually-hidden">
        {files.pick}
      </label>
      <input
        ref={picker}
        id={id}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          for (const file of event.target.files ?? [])
            void fileFromDisk(file, dropFolder).then((content) => putFile(model, store, content));
          event.target.value = '';
        }}
      />
    </p>
  );
}

/** What the activity brings and is not in its folder yet. */
function OfferedInputs({ store, inputs }: { readonly store: FilesStore; readonly inputs: readonly InputFile[] }) {
  const model = useModel();
  const { files } = model.texts;
  const { children } = useStore(store.state);
  const isThere = (input: InputFile) =>
    children[pathIn(store.root, input.folder)]?.some((entry) => entry.name === input.name) ?? false;
  const left = inputs.filter((input) => !isThere(input));
  if (left.length === 0) return null;
  return (
    <ul className="offered" aria-label={files.offered}>
      {left.map((input) => (
        <li key={input.name} className="offer">
          <span className="mono">{input.name}</span>
          <span className="offer-text" title={input.description}>
            {input.description}
          </span>
          <Button
            small
            icon={Upload}
            aria-label={`${files.drop(input.folder)}: ${input.name}`}
            onClick={() => void putFile(model, store, { name: input.name, folder: input.folder, text: input.text })}
          >
            {files.drop(input.folder)}
          </Button>
        </li>
      ))}
    </ul>
  );
}
