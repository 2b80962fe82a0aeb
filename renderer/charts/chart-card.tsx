import { ChartColumn, Table2 } from 'lucide-react';
import { memo, useId, useState } from 'react';
import { CaptureButton } from '../capture/capture-button.tsx';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { InlineMarkdown } from '../ui/markdown.tsx';
import { chartCapture } from './chart-capture.ts';
import type { ChartOrigin } from './chart-data.ts';
import type { ChartKind, ChartPoint, Series } from './chart-point.ts';
import { lookOf } from './draw-series.tsx';
import { cellsOfLabel } from './point-cells.ts';
import { drawnKind, SeriesChart } from './series-chart.tsx';
import { valueText } from './value-text.ts';
import './charts.css';

type ChartCardProps = {
  readonly path: string;
  readonly origin: ChartOrigin | null;
  readonly title: string;
  readonly kind: ChartKind;
  readonly xLabels: readonly string[];
  /** Two parts: the fact in bold, and the rest. Null: nothing to draw yet. */
  readonly sentence: readonly [string, string] | null;
  readonly note: string | null;
  readonly empty: string;
  readonly points: readonly ChartPoint[];
  readonly series: readonly Series[];
};

/** A figure with its sentence on top and its table one button away. */
export const ChartCard = memo(function ChartCard({
  path,
  origin,
  title,
  kind: wanted,
  xLabels,
  sentence,
  note,
  empty,
  points,
  series,
}: ChartCardProps) {
  const texts = useTexts();
  const { charts, capture } = texts;
  const kind = drawnKind(wanted, points.length);
  const [isTable, setTable] = useState(false);
  const titleId = useId();
  return (
    <article className="chart" aria-labelledby={titleId}>
      <header className="chart-head">
        <h3 id={titleId}>{title}</h3>
        {sentence === null ? null : (
          <div className="chart-tools">
            <Button small tone="quiet" icon={isTable ? ChartColumn : Table2} onClick={() => setTable(!isTable)}>
              {isTable ? charts.showChart : charts.showTable}
            </Button>
            <CaptureButton
              label={capture.chart(title)}
              what={() => chartCapture({ path, origin, title, kind, xLabels, sentence, note, points, series }, texts)}
            />
          </div>
        )}
      </header>
      {sentence === null ? (
        <p className="chart-empty">
          <InlineMarkdown source={empty} />
        </p>
      ) : (
        <>
          <p className="panel-sentence">
            <b>{sentence[0]}</b> {sentence[1]}
          </p>
          {isTable ? (
            <ChartTable title={title} xLabels={xLabels} points={points} series={series} />
          ) : (
            <>
              <SeriesChart kind={kind} points={points} series={series} label={`${title}. ${sentence.join(' ')}`} />
              {series.length > 1 ? <Legend kind={kind} series={series} /> : null}
            </>
          )}
          {note === null ? null : <p className="chart-note">{note}</p>}
        </>
      )}
    </article>
  );
});

function Legend({ kind, series }: { readonly kind: ChartKind; readonly series: readonly Series[] }) {
  return (
    <ul className="chart-legend">
      {series.map((one, position) => {
        const look = lookOf(kind, position, series.length);
        const isLine = kind !== 'bars' || one.isTime;
        return (
          <li key={one.label}>
            <svg width="16" height="10" aria-hidden>
              {isLine ? <path d="M0 5h16" stroke={look.colour} strokeWidth="2" strokeDasharray={look.dash} /> : null}
              {!isLine && !one.isDerived ? (
                <rect x="3" width="10" height="10" rx="2" fill={look.colour} />
              ) : (
                <circle cx="8" cy="5" r={isLine ? 3 : 4} fill={look.colour} />
              )}
            </svg>
            {one.label}
          </li>
        );
      })}
    </ul>
  );
}

type ChartTableProps = {
  readonly title: string;
  readonly xLabels: readonly string[];
  readonly points: readonly ChartPoint[];
  readonly series: readonly Series[];
};

function ChartTable({ title, xLabels, points, series }: ChartTableProps) {
  const { charts, format } = useTexts();
  const valueOf = (one: Series | undefined, value: number | null) =>
    one === undefined ? charts.noValue : valueText(one, value, format, charts.noValue);
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={title}>
      <table className="table">
        <thead>
          <tr>
            {xLabels.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            {series.map((one) => (
              <th key={one.label} scope="col" className="table-number">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.key} className={point.isNew ? 'table-new' : ''}>
              {cellsOfLabel(point.label, xLabels.length).map((text, position) => (
                <td key={position}>{text}</td>
              ))}
              {point.values.map((value, position) => (
                <td key={position} className="table-number">
                  {valueOf(series[position], value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
