import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import { joinWord } from '../plan/print-plan.ts';
import { timeBound, watermarkedKeys } from './join-watermark-bounds.ts';
import { modeWord, type OutputMode } from './output-mode.ts';

/** Which joins with a stream Spark runs: the side that may be padded with NULLs must not be the unbounded one, and between two streams it needs a watermark. */
export function checkStreamingJoin(
  join: AnalyzedNode<'join'>,
  mode: OutputMode,
  refuse: (sentence: string) => never,
): void {
  const [left, right] = [join.left.isStreaming, join.right.isStreaming];
  if (left && right && mode !== 'append')
    refuse(
      `Join between two streaming DataFrames/Datasets is not supported in ${modeWord(mode)} output mode, only in Append output mode`,
    );
  const word = joinWord(join.joinType);
  switch (join.joinType) {
    case 'inner':
    case 'cross':
      return;
    case 'full_outer':
      if (left && !right)
        refuse(
          'FullOuter joins with streaming DataFrames/Datasets on the left and a static DataFrame/Dataset on the right is not supported',
        );
      if (!left && right)
        refuse(
          'FullOuter joins with streaming DataFrames/Datasets on the right and a static DataFrame/Dataset on the left is not supported',
        );
      break;
    case 'left_outer':
    case 'left_semi':
      if (!left && right)
        refuse(
          `${word} join with a streaming DataFrame/Dataset on the right and a static DataFrame/Dataset on the left is not supported`,
        );
      break;
    case 'right_outer':
      if (left && !right)
        refuse(
          'RightOuter join with a streaming DataFrame/Dataset on the left and a static DataFrame/DataSet on the right not supported',
        );
      break;
    case 'left_anti':
      if (right) refuse('LeftAnti joins with a streaming DataFrame/Dataset on the right are not supported');
      return;
  }
  if (left && right && !isBounded(join))
    refuse(
      `Stream-stream ${word} join between two streaming DataFrame/Datasets is not supported without a watermark in the join keys, or a watermark on the nullable side and an appropriate range condition`,
    );
}

/** A watermarked key, or a range condition that bounds the side whose unmatched rows must one day be given up. */
function isBounded(join: AnalyzedNode<'join'>): boolean {
  if (watermarkedKeys(join).length > 0) return true;
  const leftBounded = timeBound(join, 'left') !== undefined;
  const rightBounded = timeBound(join, 'right') !== undefined;
  if (join.joinType === 'full_outer') return leftBounded || rightBounded;
  return join.joinType === 'right_outer' ? rightBounded : leftBounded;
}
