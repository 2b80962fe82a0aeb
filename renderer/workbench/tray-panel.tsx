import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { ServiceKind } from '../../engine/api/endpoint.ts';
import { allQueries, ConsolePanel, ConsoleTools } from '../console/console-panel.tsx';
import { ProblemsPanel } from '../console/problems-panel.tsx';
import type { ActivityStore } from '../lesson/activity-store.ts';
import { ServiceBadge } from '../services/service-badge.tsx';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import type { TrayTab } from '../store/tray-store.ts';
import { Card } from '../ui/card.tsx';
import { Tabs } from '../ui/tabs.tsx';

// Panels that many sessions never open must not be part of the start.
const LinesPanel = lazy(() => import('../services/lines-panel.tsx').then((it) => ({ default: it.LinesPanel })));
const KafkaPanel = lazy(() => import('../services/kafka-panel.tsx').then((it) => ({ default: it.KafkaPanel })));
const SqlPanel = lazy(() => import('../services/sql-panel.tsx').then((it) => ({ default: it.SqlPanel })));
const MongoPanel = lazy(() => import('../services/mongo-panel.tsx').then((it) => ({ default: it.MongoPanel })));
const ProducerPanel = lazy(() =>
  import('../services/producer-panel.tsx').then((it) => ({ default: it.ProducerPanel })),
);

/** Below this a service panel shows no more than its tools; heights in CSS pixels. */
const tooLow = 260;
const roomyHeight = 320;

const serviceOf: Readonly<Partial<Record<TrayTab, ServiceKind>>> = {
  lines: 'lines',
  kafka: 'kafka',
  relational: 'relational',
  mongodb: 'mongodb',
  producer: 'kafka',
};

type TrayPanelProps = { readonly path: string; readonly activity: ActivityStore | null };

/** Below the columns: what Spark prints, the services it reads and writes, and what went wrong. */
export function TrayPanel({ path, activity }: TrayPanelProps) {
  const { notices, texts, trayTab, panels, settings } = useModel();
  const shown = useStore(trayTab);
  const [filter, setFilter] = useState(allQueries);
  const problems = useStore(notices.problems, (all) => all.length);
  useEffect(() => void panels.services.refresh(), [panels]);
  const service = serviceOf[shown];
  useEffect(() => {
    if (service !== undefined && settings.store.get().trayHeight < tooLow) settings.change({ trayHeight: roomyHeight });
  }, [service, settings]);
  const loaded = (panel: () => ReactNode) => () => (
    <Suspense fallback={<p className="panel-empty">{texts.app.loading}</p>}>{panel()}</Suspense>
  );
  return (
    <Card label={texts.regions.console} className="tray">
      <h2 className="visually-hidden">{texts.regions.console}</h2>
      <Tabs<TrayTab>
        label={texts.regions.console}
        selected={shown}
        onSelect={trayTab.set}
        aside={
          shown === 'console' ? (
            <ConsoleTools path={path} filter={filter} onFilter={setFilter} />
          ) : service === undefined ? null : (
            <ServiceBadge kind={service} />
          )
        }
        tabs={[
          {
            id: 'console',
            label: texts.regions.console,
            content: () => <ConsolePanel key={path} path={path} filter={filter} />,
          },
          { id: 'lines', label: texts.services.names.lines, content: loaded(() => <LinesPanel activity={activity} />) },
          { id: 'kafka', label: texts.services.names.kafka, content: loaded(() => <KafkaPanel path={path} />) },
          { id: 'relational', label: texts.services.names.relational, content: loaded(() => <SqlPanel path={path} />) },
          { id: 'mongodb', label: texts.services.names.mongodb, content: loaded(() => <MongoPanel path={path} />) },
          { id: 'producer', label: texts.services.producer, content: loaded(() => <ProducerPanel path={path} />) },
          { id: 'problems', label: texts.problems.tab(problems), content: () => <ProblemsPanel /> },
        ]}
      />
    </Card>
  );
}
