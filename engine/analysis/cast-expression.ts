import { sameType, type DataType } from '../core/data-type.ts';
import { mayGiveNull } from '../functions/cast-rules.ts';
import type { BoundCast, BoundExpression, CastMode } from '../plan/bound-expression.ts';

/** A cast the learner wrote. */
export function explicitCast(child: BoundExpression, type: DataType, mode: CastMode): BoundCast {
  const nullable = child.nullable || mayGiveNull(child.type, type, mode);
  return { kind: 'cast', child, type, nullable, mode, implicit: false };
}

/** A cast put in by coercion: none where the type is already right. It never shows in names. */
export function implicitCast(child: BoundExpression, type: DataType, ansi: boolean): BoundExpression {
  if (sameType(child.type, type)) return child;
  if (child.kind === 'literal' && child.value === null) return { ...child, type };
  const nullable = child.nullable || mayGiveNull(child.type, type, ansi ? 'ansi' : 'legacy');
  return { kind: 'cast', child, type, nullable, mode: ansi ? 'ansi' : 'legacy', implicit: true };
}
