import type { CSSProperties } from 'react';
import { useTexts } from '../store/use-model.ts';
import { writeBound, writeInstant } from './calculator-text.ts';
import type { CalculatedWindows, CandidateWindow } from './window-calculator.ts';
import './window-lanes.css';

/** More lanes than these push everything else out of sight; the table has the others. */
const mostLanes = 12;

/** A lane for each window, and the instant as a line through all of them. */
export function WindowLanes({ windows }: { readonly windows: CalculatedWindows }) {
  const { calculator } = useTexts();
  const bound = writeBound(windows);
  const lanes = windows.candidates.slice(-mostLanes);
  const from = Math.min(...lanes.map(({ startMicros }) => startMicros));
  const until = Math.max(...lanes.map(({ endMicros }) => endMicros));
  const share = (micros: number) => micros / (until - from);
  const at = share(windows.atMicros - from);
  const instant = writeInstant(windows);
  return (
    <div className="lanes" role="img" aria-label={calculator.lanes(instant)}>
      <p className={`lanes-clock lanes-clock-${sideOf(at)}`} style={placed(at, 0)}>
        {instant}
      </p>
      {lanes.map((lane) => (
        <Lane
          key={lane.startMicros}
          lane={lane}
          left={share(lane.startMicros - from)}
          width={share(lane.endMicros - lane.startMicros)}
          label={`${bound(lane.startMicros)}–${bound(lane.endMicros)}`}
        />
      ))}
      <i className="lanes-instant" style={placed(at, 0)} />
    </div>
  );
}

type LaneProps = {
  readonly lane: CandidateWindow;
  /** Shares of the drawing's width. */
  readonly left: number;
  readonly width: number;
  readonly label: string;
};

/** Full where it contains the instant, a broken outline where it does not: colour is not the only sign. */
function Lane({ lane, left, width, label }: LaneProps) {
  return (
    <div className={`lane lane-${lane.relation}`} style={placed(left, width)}>
      <span className={left + width / 2 > 0.5 ? 'lane-label-right' : ''}>{label}</span>
    </div>
  );
}

/** Where the label of the instant must grow to, so that no end of it is cut off. */
const sideOf = (at: number): 'left' | 'middle' | 'right' => (at < 0.2 ? 'left' : at > 0.8 ? 'right' : 'middle');

const placed = (left: number, width: number): CSSProperties => ({
  marginLeft: `${100 * left}%`,
  ...(width === 0 ? {} : { width: `${100 * width}%` }),
});
