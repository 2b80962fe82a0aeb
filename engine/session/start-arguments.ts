import type { OutputMode } from '../api/sink.ts';
import { triggerMillis } from '../core/duration.ts';
import { sparkError, SparkError } from '../core/spark-error.ts';
import type { Trigger } from '../microbatch/trigger.ts';
import type { TriggerSpec } from '../plan/command.ts';

const modes: readonly OutputMode[] = ['append', 'update', 'complete'];

/** `outputMode(text)`, letter case ignored. */
export function parseOutputMode(text: string): OutputMode {
  const mode = modes.find((candidate) => candidate === text.toLowerCase());
  if (mode) return mode;
  throw new SparkError(
    'IllegalArgumentException',
    `Unknown output mode ${text}. Accepted output modes are 'append', 'complete', 'update'`,
  );
}

/** What `trigger(…)` refuses before there is a query: interval strings. */
export function checkTrigger(spec: TriggerSpec): void {
  if (spec.kind === 'processing_time' || spec.kind === 'continuous') triggerMillis(spec.interval);
}

/** Absent: as fast as possible. Interval strings fail with Spark's reasons; continuous processing is refused by name. */
export function parseTrigger(spec: TriggerSpec | undefined): Trigger {
  if (!spec) return { kind: 'processing_time', intervalMs: 0 };
  switch (spec.kind) {
    case 'processing_time':
      return { kind: 'processing_time', intervalMs: triggerMillis(spec.interval) };
    case 'continuous':
      triggerMillis(spec.interval);
      throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'continuous processing' });
    case 'once':
    case 'available_now':
      return { kind: spec.kind };
  }
}
