import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { webSocketHost } from './host/web-socket-host.ts';
import { WindowModel } from './store/window-model.ts';
import { languages } from './text/texts.ts';

const root = document.querySelector('#root');
const texts = languages.es;
document.documentElement.lang = texts.code;
if (root !== null) createRoot(root).render(<App model={new WindowModel(webSocketHost(location.origin), texts)} />);
