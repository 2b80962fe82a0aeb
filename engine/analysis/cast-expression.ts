import { isFractional, isIntegral, isStringLike, sameType, type DataType, type DecimalType } from '../core/data-type.ts';
import { decimalFor } from '../functions/decimal-types.ts';
import type { BoundCast, BoundExpression, CastMode } from '../plan/bound-expression.ts';

/** Can a cast that Spark accepts give NULL for a value that is not NULL (ANSI off)? */
function forcesNull(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || from.kind === 'void') return false;
  if (isStringLike(from)) return to.kind !== 'binary' && !isStringLike(to);
  if (isStringLike(to)) return false;
  if ((from.kind === 'float' || from.kind === 'double') && to.kind === 'timestamp') return true;
  if (from.kind === 'timestamp' && (to.kind === 'byte' || to.kind === 'short' || to.kind === 'integer')) return true;
  if (to.kind === 'date') return from.kind !== 'timestamp' && from.kind !== 'timestamp_ntz';
  if (to.kind === 'calendar_interval') return true;
  if (to.kind === 'decimal') return !fitsDecimal(from, to);
  return isFractional(from) && isIntegral(to);
}

function fitsDecimal(from: DataType, to: DecimalType): boolean {
  if (from.kind === 'boolean') return to.precision - to.scale >= 1;
  const source = decimalFor(from);
  return source !== undefined && to.precision - to.scale >= source.precision - source.scale && to.scale >= source.scale;
}

/** A cast the learner wrote. */
export function explicitCast(child: BoundExpression, type: DataType, mode: CastMode): BoundCast {
  const nullable = child.nullable || mode === 'try' || (mode === 'legacy' && forcesNull(child.type, type));
  return { kind: 'cast', child, type, nullable, mode, implicit: false };
}

/** A cast put in by coercion: none where the type is already right. It never shows in names. */
export function implicitCast(child: BoundExpression, type: DataType, ansi: boolean): BoundExpression {
  if (sameType(child.type, type)) return child;
  if (child.kind === 'literal' && child.value === null) return { ...child, type };
  const nullable = child.nullable || (!ansi && forcesNull(child.type, type));
  return { kind: 'cast', child, type, nullable, mode: ansi ? 'ansi' : 'legacy', implicit: true };
}
