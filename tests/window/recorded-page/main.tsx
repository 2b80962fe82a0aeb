import { createRoot } from 'react-dom/client';
import { App } from '../../../renderer/app.tsx';
import { recordedHost, type RecordedHost } from '../../../renderer/host/recorded-host.ts';
import { WindowModel } from '../../../renderer/store/window-model.ts';
import { languages } from '../../../renderer/text/texts.ts';
import { caso6Tape } from './caso-6-tape.ts';

declare global {
  interface Window {
    /** For tests: what a real host would do by itself. */
    marea: RecordedHost;
  }
}

const host = recordedHost(caso6Tape);
window.marea = host;
const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<App model={new WindowModel(host, languages.es)} />);
