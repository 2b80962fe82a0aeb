import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from '../store/external-store.ts';
import { firstSettings, type Settings } from '../store/settings-store.ts';
import { useModel } from '../store/use-model.ts';
import { Splitter } from '../ui/splitter.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { useLayoutKind } from './use-layout-kind.ts';

export type PanelName = 'guide' | 'notebook' | 'observatory' | 'tray' | 'files';
export type Panels = Readonly<Record<PanelName, () => ReactNode>>;

type SizeName = 'guideWidth' | 'sideWidth' | 'trayHeight' | 'filesWidth';

/** Least and most of each size in CSS pixels: no panel may vanish, and the notebook keeps room for 60 characters of code. */
const limits: Readonly<Record<SizeName, readonly [least: number, most: number]>> = {
  guideWidth: [190, 420],
  sideWidth: [280, 640],
  trayHeight: [96, 460],
  filesWidth: [240, 640],
};

/** The five panels, arranged by the room there is. */
export function WorkbenchLayout({ panels, hasGuide }: { readonly panels: Panels; readonly hasGuide: boolean }) {
  const kind = useLayoutKind();
  if (kind === 'narrow') return <OneColumn panels={panels} hasGuide={hasGuide} />;
  return kind === 'wide' ? (
    <ThreeColumns panels={panels} hasGuide={hasGuide} />
  ) : (
    <TwoColumns panels={panels} hasGuide={hasGuide} />
  );
}

type LayoutProps = { readonly panels: Panels; readonly hasGuide: boolean };

function useSizes() {
  const { settings, texts } = useModel();
  const sizes = useStore(settings.store);
  const clamp = (name: SizeName) => Math.min(limits[name][1], Math.max(limits[name][0], sizes[name]));
  const splitter = (
    name: SizeName,
    label: string,
    orientation: 'vertical' | 'horizontal',
    panel: 'before' | 'after',
  ) => (
    <Splitter
      label={label}
      orientation={orientation}
      value={clamp(name)}
      least={limits[name][0]}
      most={limits[name][1]}
      panel={panel}
      onChange={(value) => settings.change({ [name]: value } as Partial<Settings>)}
      onReset={() => settings.change({ [name]: firstSettings[name] } as Partial<Settings>)}
    />
  );
  return { clamp, splitter, panes: texts.panes };
}

function ThreeColumns({ panels, hasGuide }: LayoutProps) {
  const { clamp, splitter, panes } = useSizes();
  return (
    <div className="layout">
      <div className="layout-row layout-fill">
        {hasGuide ? (
          <>
            <div className="layout-panel" style={{ width: clamp('guideWidth') }}>
              {panels.guide()}
            </div>
            {splitter('guideWidth', panes.guide, 'vertical', 'before')}
          </>
        ) : null}
        <div className="layout-panel layout-fill">{panels.notebook()}</div>
        {splitter('sideWidth', panes.side, 'vertical', 'after')}
        <div className="layout-panel" style={{ width: clamp('sideWidth') }}>
          {panels.observatory()}
        </div>
      </div>
      {splitter('trayHeight', panes.tray, 'horizontal', 'after')}
      <div className="layout-row layout-tray" style={{ height: clamp('trayHeight') }}>
        <div className="layout-panel layout-fill">{panels.tray()}</div>
        {splitter('filesWidth', panes.files, 'vertical', 'after')}
        <div className="layout-panel" style={{ width: clamp('filesWidth') }}>
          {panels.files()}
        </div>
      </div>
    </div>
  );
}

/** The notebook keeps its width; guide, charts and files share the side. */
function TwoColumns({ panels, hasGuide }: LayoutProps) {
  const { clamp, splitter, panes } = useSizes();
  const { regions } = useModel().texts;
  const [side, setSide] = useState<'guide' | 'observatory' | 'files'>(hasGuide ? 'guide' : 'observatory');
  const tabs = [
    { id: 'guide' as const, label: regions.guide, content: panels.guide },
    { id: 'observatory' as const, label: regions.observatory, content: panels.observatory },
    { id: 'files' as const, label: regions.files, content: panels.files },
  ];
  return (
    <div className="layout">
      <div className="layout-row layout-fill">
        <div className="layout-panel layout-fill">{panels.notebook()}</div>
        {splitter('sideWidth', panes.side, 'vertical', 'after')}
        <div className="layout-panel layout-tabbed" style={{ width: Math.min(clamp('sideWidth'), 360) }}>
          <Tabs label={regions.guide} tabs={hasGuide ? tabs : tabs.slice(1)} selected={side} onSelect={setSide} />
        </div>
      </div>
      {splitter('trayHeight', panes.tray, 'horizontal', 'after')}
      <div className="layout-row layout-tray" style={{ height: Math.min(clamp('trayHeight'), 180) }}>
        <div className="layout-panel layout-fill">{panels.tray()}</div>
      </div>
    </div>
  );
}

function OneColumn({ panels, hasGuide }: LayoutProps) {
  const { texts, trayTab } = useModel();
  const { regions } = texts;
  const [shown, setShown] = useState<PanelName>('notebook');
  useEffect(() => trayTab.onOpen(() => setShown('tray')), [trayTab]);
  const tabs = [
    { id: 'guide' as const, label: regions.guide, content: panels.guide },
    { id: 'notebook' as const, label: regions.notebook, content: panels.notebook },
    { id: 'observatory' as const, label: regions.observatory, content: panels.observatory },
    { id: 'tray' as const, label: regions.console, content: panels.tray },
    { id: 'files' as const, label: regions.files, content: panels.files },
  ];
  return (
    <div className="layout layout-tabbed">
      <Tabs<PanelName>
        label={regions.notebook}
        tabs={hasGuide ? tabs : tabs.slice(1)}
        selected={shown}
        onSelect={setShown}
      />
    </div>
  );
}
