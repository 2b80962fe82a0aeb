import { memo } from 'react';
import type { CellOutput } from '../../main/contract/notebook-schema.ts';
import { CaptureButton } from '../capture/capture-button.tsx';
import { useTexts } from '../store/use-model.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import type { CellFailure } from './cell-facts.ts';
import { ErrorOutput } from './error-output.tsx';
import { isStopped, withoutAnsi } from './output-text.ts';
import { StoppedOutput } from './stopped-output.tsx';

/** Where an output stands. */
type OutputPlace = { readonly path: string; readonly cell: string };

type OutputListProps = OutputPlace & {
  readonly outputs: readonly CellOutput[];
  readonly failure: CellFailure | null;
  readonly onLine: (line: number) => void;
};

/** What the cell wrote, in order. */
export const OutputList = memo(function OutputList({ path, cell, outputs, failure, onLine }: OutputListProps) {
  const texts = useTexts();
  if (outputs.length === 0) return null;
  return (
    <div className="outputs" role="group" aria-label={texts.outputs.label}>
      {outputs.map((output, position) => (
        // Outputs are only added at the end, so their place names them.
        <OutputView key={position} path={path} cell={cell} output={output} failure={failure} onLine={onLine} />
      ))}
    </div>
  );
});

type OutputViewProps = OutputPlace & {
  readonly output: CellOutput;
  readonly failure: CellFailure | null;
  readonly onLine: (line: number) => void;
};

function OutputView({ output, failure, onLine, ...place }: OutputViewProps) {
  switch (output.output_type) {
    case 'stream':
      return <TextOutput {...place} text={output.text} isError={output.name === 'stderr'} />;
    case 'error':
      return isStopped(output) ? (
        <StoppedOutput error={output} />
      ) : (
        <ErrorOutput {...place} error={output} failure={failure} onLine={onLine} />
      );
    case 'display_data':
    case 'execute_result':
      return <BundleOutput {...place} data={output.data} />;
  }
}

type TextOutputProps = OutputPlace & { readonly text: string; readonly isError?: boolean };

function TextOutput({ path, cell, text, isError = false }: TextOutputProps) {
  const texts = useTexts();
  return (
    <div className="output">
      {/* The keyboard can scroll it. */}
      <pre className={`output-text${isError ? ' output-stderr' : ''}`} tabIndex={-1}>
        {withoutAnsi(text)}
      </pre>
      <div className="output-tools">
        <CopyButton text={text} label={texts.outputs.copy} />
        <CaptureButton
          label={texts.capture.output}
          what={() => ({ kind: 'output', path, cell, query: null, runId: null, text: withoutAnsi(text) })}
        />
      </div>
    </div>
  );
}

/** Pictures and text only: HTML and scripts of a notebook are kept in the file and never run here. */
type BundleOutputProps = OutputPlace & { readonly data: Readonly<Record<string, unknown>> };

function BundleOutput({ data, ...place }: BundleOutputProps) {
  const texts = useTexts();
  const plain = asText(data['text/plain']);
  const picture = ['image/png', 'image/jpeg'].find((kind) => asText(data[kind]) !== null);
  if (picture !== undefined) {
    const base64 = (asText(data[picture]) ?? '').replaceAll(/\s/g, '');
    const alt = plain ?? texts.outputs.image;
    return <ImageOutput {...place} kind={picture} base64={base64} alt={alt} />;
  }
  return plain === null ? (
    <p className="output-other">{texts.outputs.noPlainText}</p>
  ) : (
    <TextOutput {...place} text={plain} />
  );
}

type ImageOutputProps = OutputPlace & { readonly kind: string; readonly base64: string; readonly alt: string };

function ImageOutput({ path, cell, kind, base64, alt }: ImageOutputProps) {
  const { capture } = useTexts();
  return (
    <div className="output">
      <img className="output-image" src={`data:${kind};base64,${base64}`} alt={alt} />
      {/* What is kept of an image is its PNG. */}
      {kind !== 'image/png' ? null : (
        <div className="output-tools">
          <CaptureButton
            label={capture.image}
            what={() => ({ kind: 'output', path, cell, query: null, runId: null, text: alt, image: base64 })}
          />
        </div>
      )}
    </div>
  );
}

/** nbformat allows a text or a list of its lines. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : null;
}
