import type { Confs } from '../checkpoint/logged-confs.ts';
import { SparkError } from '../core/spark-error.ts';
import type { Watermark } from '../core/time.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { plansOfKind } from '../plan/walk-plan.ts';

/** A watermark over another one is found when a watermark above 0 is propagated through the plan, not at `start()`. */
export function checkWatermarks(plan: AnalyzedRelation, current: Watermark, conf: Confs): void {
  if (current === 0 || conf('spark.sql.streaming.statefulOperator.allowMultiple') === 'false') return;
  if (plansOfKind(plan, 'watermark').some((node) => plansOfKind(node.input, 'watermark').length > 0))
    throw new SparkError(
      'AnalysisException',
      "Redefining watermark is disallowed. You can set the config 'spark.sql.streaming.statefulOperator.allowMultiple' to 'false' to restore the previous behavior. Note that multiple stateful operators will be disallowed.",
    );
}
