import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import type { ServiceKind } from '../../engine/api/endpoint.ts';
import type { ServiceStatus } from '../../engine/api/service-status.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ServiceDialog } from './service-dialog.tsx';
import './service-badge.css';

const dots: Readonly<Record<ServiceStatus['state'], string>> = {
  stopped: '',
  starting: 'dot-late',
  running: 'dot-ok',
  real: 'dot-tide',
  failed: 'dot-dropped',
};

/** How a service is and where it listens; at the end of the tab line. The button opens the choice of server. */
export function ServiceBadge({ kind }: { readonly kind: ServiceKind }) {
  const model = useModel();
  const { services: texts } = model.texts;
  const status = useStore(model.panels.services.state, (services) => services[kind]);
  const [isChoosing, setChoosing] = useState(false);
  if (status === undefined) return null;
  const { state, address, isOtherPort, mode } = status;
  return (
    <>
      <span className="service-badge" role="status" title={texts.stateHints[state]}>
        <i className={`dot ${dots[state]}`} aria-hidden />
        <b>{texts.state[state]}</b>
        {address === null ? null : (
          <span
            className={isOtherPort ? 'service-other' : 'service-address mono'}
            title={isOtherPort ? texts.otherPortHint : undefined}
          >
            {isOtherPort ? texts.otherPort(address) : address}
          </span>
        )}
      </span>
      {address === null ? null : <CopyButton text={address} label={texts.copyAddress} />}
      {/* A netcat port is opened here or not at all: there is no server to choose. */}
      {kind === 'lines' ? null : (
        <IconButton
          icon={Settings2}
          label={texts.chosenServer(texts.modes[mode], texts.names[kind])}
          onClick={() => setChoosing(true)}
        >
          {texts.modes[mode]}
        </IconButton>
      )}
      {isChoosing ? <ServiceDialog kind={kind} status={status} onClose={() => setChoosing(false)} /> : null}
    </>
  );
}
