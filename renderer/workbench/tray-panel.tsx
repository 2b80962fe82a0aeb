import { useState } from 'react';
import { allQueries, ConsolePanel, ConsoleTools } from '../console/console-panel.tsx';
import { ProblemsPanel } from '../console/problems-panel.tsx';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Card } from '../ui/card.tsx';
import { Tabs } from '../ui/tabs.tsx';

/** Below the columns: what Spark prints and what went wrong. */
export function TrayPanel({ path }: { readonly path: string }) {
  const { notices, texts } = useModel();
  const [shown, setShown] = useState<'console' | 'problems'>('console');
  const [filter, setFilter] = useState(allQueries);
  const problems = useStore(notices.problems, (all) => all.length);
  return (
    <Card label={texts.regions.console}>
      <h2 className="visually-hidden">{texts.regions.console}</h2>
      <Tabs
        label={texts.regions.console}
        selected={shown}
        onSelect={setShown}
        aside={shown === 'console' ? <ConsoleTools path={path} filter={filter} onFilter={setFilter} /> : null}
        tabs={[
          {
            id: 'console',
            label: texts.regions.console,
            content: () => <ConsolePanel key={path} path={path} filter={filter} />,
          },
          { id: 'problems', label: texts.problems.tab(problems), content: () => <ProblemsPanel /> },
        ]}
      />
    </Card>
  );
}
