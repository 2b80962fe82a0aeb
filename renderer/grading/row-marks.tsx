import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  Clock,
  Diff,
  FileX,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import type { BundleCheck, GradingRow, ReplayVerdict } from '../../main/contract/grading-schema.ts';
import { useTexts } from '../store/use-model.ts';

type Tone = 'ok' | 'late' | 'bad' | 'plain';

/** Shape and word say it; the colour only helps. */
function Mark({ icon: Icon, tone, text }: { readonly icon: LucideIcon; readonly tone: Tone; readonly text: string }) {
  return (
    <span className={`mark mark-${tone}`}>
      <Icon size={15} strokeWidth={2} aria-hidden />
      {text}
    </span>
  );
}

const integrityMarks: Readonly<Record<BundleCheck['verdict'], readonly [LucideIcon, Tone]>> = {
  whole: [CircleCheck, 'ok'],
  altered: [CircleAlert, 'bad'],
  unreadable: [FileX, 'bad'],
};

export function IntegrityMark({ verdict }: { readonly verdict: BundleCheck['verdict'] }) {
  const { grading: words } = useTexts();
  const [icon, tone] = integrityMarks[verdict];
  return <Mark icon={icon} tone={tone} text={words.integrity[verdict]} />;
}

const replayMarks: Readonly<Record<ReplayVerdict, readonly [LucideIcon, Tone]>> = {
  reproduces: [CircleCheck, 'ok'],
  differs: [Diff, 'late'],
  cannot_run: [CircleSlash, 'bad'],
};

export function ReplayMark({ verdict }: { readonly verdict: ReplayVerdict }) {
  const { grading: words } = useTexts();
  const [icon, tone] = replayMarks[verdict];
  return <Mark icon={icon} tone={tone} text={words.verdicts[verdict]} />;
}

const stateMarks: Readonly<Record<GradingRow['state'], readonly [LucideIcon, Tone]>> = {
  opened: [CircleDashed, 'plain'],
  waiting: [Clock, 'plain'],
  replaying: [LoaderCircle, 'plain'],
  compared: [CircleCheck, 'plain'],
  failed: [CircleAlert, 'bad'],
};

/** How the replay stands or, once it is over, what it came to. */
export function VerdictMark({ row: { check, state, comparison } }: { readonly row: GradingRow }) {
  const { grading: words } = useTexts();
  if (check.verdict === 'unreadable') return <Mark icon={CircleSlash} tone="plain" text={words.cannotCompare} />;
  if (state === 'compared' && comparison !== null) return <ReplayMark verdict={comparison.verdict} />;
  const [icon, tone] = stateMarks[state];
  return <Mark icon={icon} tone={tone} text={words.states[state]} />;
}
