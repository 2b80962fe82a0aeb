import { useState } from 'react';
import { ChartsPanel } from '../charts/charts-panel.tsx';
import type { ActivityStore } from '../lesson/activity-store.ts';
import { QueryList } from '../queries/query-strip.tsx';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Card } from '../ui/card.tsx';
import { Tabs } from '../ui/tabs.tsx';

type ObservatoryPanelProps = {
  readonly path: string;
  readonly activity: ActivityStore | null;
  readonly onStartOver: (() => void) | null;
};

/** What the queries do, in figures and in numbers. */
export function ObservatoryPanel({ path, activity, onStartOver }: ObservatoryPanelProps) {
  const model = useModel();
  const { regions } = model.texts;
  const [shown, setShown] = useState<'charts' | 'queries'>('charts');
  const running = useStore(
    model.queries(path).state,
    (state) => state.queries.filter((query) => query.status === 'running').length,
  );
  return (
    <Card label={regions.observatory}>
      <h2 className="visually-hidden">{regions.observatory}</h2>
      <Tabs
        label={regions.observatory}
        selected={shown}
        onSelect={setShown}
        tabs={[
          {
            id: 'charts',
            label: regions.charts,
            content: () =>
              activity === null ? <ChartsPanel path={path} /> : <GuidedCharts path={path} activity={activity} />,
          },
          {
            id: 'queries',
            label: running === 0 ? regions.queries : `${regions.queries} (${running})`,
            content: () => <QueryList path={path} onStartOver={onStartOver} />,
          },
        ]}
      />
    </Card>
  );
}

function GuidedCharts({ path, activity }: { readonly path: string; readonly activity: ActivityStore }) {
  const charts = useStore(activity.state, (state) => state.guide?.charts);
  return <ChartsPanel path={path} charts={charts} />;
}
