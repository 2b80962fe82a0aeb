import { useEffect, useState, type ReactNode } from 'react';
import type { ServiceKind } from '../../engine/api/endpoint.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

type ServicePanelFrameProps = { readonly kind: ServiceKind; readonly children: ReactNode };

/** Starts the service of a panel that is looked at, and says why it does not answer. */
export function ServicePanelFrame({ kind, children }: ServicePanelFrameProps) {
  const model = useModel();
  const { services: texts } = model.texts;
  const { services } = model.panels;
  const status = useStore(services.state, (all) => all[kind]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const start = () =>
    services.start(kind).then(
      () => setRefusal(null),
      (error: unknown) => setRefusal(messageOfFailure(error)),
    );
  useEffect(() => {
    let isShown = true;
    services.start(kind).catch((error: unknown) => {
      if (isShown) setRefusal(messageOfFailure(error));
    });
    return () => {
      isShown = false;
    };
  }, [services, kind]);
  const reason = status?.error ?? refusal;
  return (
    <div className="service-panel">
      {reason === null ? null : (
        <Banner
          tone="bad"
          title={texts.startFailed(texts.names[kind])}
          actions={
            <Button small onClick={() => void start()}>
              {texts.retry}
            </Button>
          }
        >
          {reason}
        </Banner>
      )}
      {children}
    </div>
  );
}
