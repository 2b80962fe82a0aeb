import { ImageUp } from 'lucide-react';
import { useRef, useState, type DragEvent, type FormEvent } from 'react';
import { pixelsOf, RefusedImageError } from '../capture/outside-image.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type OutsideImageDialogProps = {
  /** Notebook with whose captures it is kept. */
  readonly path: string;
  readonly onClose: () => void;
};
type Chosen = { readonly name: string; readonly image: string };

/** The name without its extension fits a title. */
const longestName = 80;

/** Takes an image of the learner's disk, and what is seen in it, as evidence without provenance. */
export function OutsideImageDialog({ path, onClose }: OutsideImageDialogProps) {
  const { captures, texts } = useModel();
  const { outside: words, app } = texts;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [seen, setSeen] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      const name = file.name.replace(/\.[^.]*$/, '').slice(0, longestName);
      setChosen({ name, image: await pixelsOf(file) });
      setProblem(null);
    } catch (error) {
      setChosen(null);
      setProblem(words.refused[error instanceof RefusedImageError ? error.refusal : 'damaged']);
    }
  };
  const keep = (event: FormEvent) => {
    event.preventDefault();
    const text = seen.trim();
    if (chosen === null) return setProblem(words.noImage);
    if (text === '') return setProblem(words.notSeen);
    onClose();
    void captures.capture({ kind: 'outside', path, cell: null, query: null, runId: null, text, ...chosen });
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="dialog-form" onSubmit={keep}>
        <p>{words.intro}</p>
        <ImageDrop chosen={chosen} onFile={(file) => void choose(file)} />
        <label className="field">
          {words.seen}
          <input
            value={seen}
            maxLength={400}
            autoComplete="off"
            onChange={(event) => {
              setSeen(event.target.value);
              setProblem(null);
            }}
          />
        </label>
        {problem === null ? null : (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="form-actions">
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button tone="primary" type="submit">
            {words.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type ImageDropProps = { readonly chosen: Chosen | null; readonly onFile: (file: File | undefined) => void };

function ImageDrop({ chosen, onFile }: ImageDropProps) {
  const { outside: words } = useModel().texts;
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={`image-drop${isOver ? ' image-drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg"
        aria-label={words.choose}
        hidden
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          // The same file can be chosen again after it was mended.
          event.target.value = '';
        }}
      />
      {chosen === null ? null : <img src={`data:image/png;base64,${chosen.image}`} alt={words.chosen(chosen.name)} />}
      <p role="status">{chosen === null ? '' : words.chosen(chosen.name)}</p>
      <p>
        <Button icon={ImageUp} onClick={() => input.current?.click()}>
          {words.choose}
        </Button>{' '}
        {words.drop}
      </p>
    </div>
  );
}
