import { Download } from 'lucide-react';
import type { HandInSaved } from '../../main/contract/hand-in-schema.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

/** The written bundle: whether it is whole, where it lies, what is in it. */
export function SavedHandIn({ saved }: { readonly saved: HandInSaved }) {
  const { host, texts } = useModel();
  const { handIn: words, format } = texts;
  const download = async () => {
    const { base64 } = await host.request('handIn.read', { name: saved.name });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(
      new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], { type: 'application/zip' }),
    );
    link.download = saved.name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section className="hand-in-saved" aria-label={words.savedTitle}>
      <h3>{words.savedTitle}</h3>
      <p className={saved.problems.length === 0 ? 'hand-in-complete' : 'hand-in-failure'}>
        {saved.problems.length === 0 ? words.verified : words.notVerified}
      </p>
      <ul>
        {saved.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <dl>
        <dt>{words.file}</dt>
        <dd>
          <code>{saved.name}</code>{' '}
          <Button small icon={Download} onClick={() => void download()}>
            {words.download}
          </Button>
        </dd>
        <dt>{words.folder}</dt>
        <dd>
          <code>{saved.folder}</code> <CopyButton text={saved.folder} label={words.copyFolder} />
        </dd>
        <dt>{words.size}</dt>
        <dd>{format.size(saved.bytes)}</dd>
        <dt>{words.hash}</dt>
        <dd>
          <code>{saved.sha256}</code> <CopyButton text={saved.sha256.replaceAll(' ', '')} label={words.copyHash} />
        </dd>
      </dl>
      <details>
        <summary>
          {words.contents} · {format.number(saved.files.length)}
        </summary>
        <ul className="hand-in-files">
          {saved.files.map(({ path, bytes }) => (
            <li key={path}>
              <code>{path}</code> <span>{format.size(bytes)}</span>
            </li>
          ))}
        </ul>
      </details>
      <p className="hand-in-receipt">{words.receipt}</p>
    </section>
  );
}
