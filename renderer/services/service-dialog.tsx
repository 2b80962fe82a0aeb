import { useState, type FormEvent } from 'react';
import type { ServiceKind } from '../../engine/api/endpoint.ts';
import type { ServiceChoice, ServiceMode, ServiceStatus } from '../../engine/api/service-status.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type ServiceDialogProps = {
  readonly kind: ServiceKind;
  readonly status: ServiceStatus;
  readonly onClose: () => void;
};

const modes: readonly ServiceMode[] = ['automatic', 'embedded', 'real'];

/** Chooses between Marea's server and the learner's own. What is typed here is not kept by the window. */
export function ServiceDialog({ kind, status, onClose }: ServiceDialogProps) {
  const model = useModel();
  const { services: texts, app } = model.texts;
  const name = texts.names[kind];
  const [mode, setMode] = useState(status.mode);
  const [address, setAddress] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const apply = async (event: FormEvent) => {
    event.preventDefault();
    const given = { address: address.trim(), user: user.trim(), password };
    const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const choice: ServiceChoice = mode === 'embedded' ? { mode } : { mode, ...filled };
    try {
      await model.panels.services.configure(kind, choice);
      model.notices.toast({ text: texts.applied(name), tone: 'ok' });
      onClose();
    } catch (error) {
      model.notices.toast({ text: messageOfFailure(error), tone: 'bad' });
    }
  };
  return (
    <Dialog title={texts.serverOf(name)} onClose={onClose}>
      <form className="dialog-form" onSubmit={(event) => void apply(event)}>
        <fieldset className="service-choice">
          <legend className="visually-hidden">{texts.server}</legend>
          {modes.map((each) => (
            <label key={each}>
              <input type="radio" name="mode" checked={mode === each} onChange={() => setMode(each)} />
              <b>{texts.modes[each]}</b>
              <small>{texts.modeHints[each]}</small>
            </label>
          ))}
        </fieldset>
        {mode === 'embedded' ? null : (
          <>
            <label className="field">
              {texts.address}
              <input
                value={address}
                placeholder={texts.addressHint}
                onChange={(event) => setAddress(event.target.value)}
                spellCheck={false}
              />
            </label>
            <label className="field">
              {texts.user}
              <input
                value={user}
                onChange={(event) => setUser(event.target.value)}
                spellCheck={false}
                autoComplete="off"
              />
            </label>
            <label className="field">
              {texts.password}
              <input
                type="password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
                autoComplete="off"
              />
            </label>
            <p className="card-note">{texts.passwordHint}</p>
          </>
        )}
        <div className="form-actions">
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button tone="primary" type="submit">
            {texts.apply}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
