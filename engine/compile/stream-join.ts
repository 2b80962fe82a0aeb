import { assert } from '../core/assert-never.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { Attribute, AttributeId } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { columnName, eventTimeUs, formStorage, plainTimeUs, scopeItems } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import type { Join } from './compile-join.ts';
import type { JoinKey, JoinSide, JoinStep, StateSchema } from './compiled-step.ts';
import { newTable, scopeOf, selectAll, type CompiledRelation, type Compiler } from './compiler.ts';
import { compileSortKey, type ExpressionScope } from './expression-scope.ts';
import { idsOf, splitCondition, type Equality, type SplitCondition } from './join-conditions.ts';
import { evictionShiftUs } from './join-time-bounds.ts';
import { stateColumns, watermarked, withoutSessions } from './state-columns.ts';

export function compileStreamJoin(
  node: Join,
  leftInput: CompiledRelation,
  rightInput: CompiledRelation,
  compiler: Compiler,
  operator: number,
): CompiledRelation {
  const { joinType } = node;
  assert(joinType !== 'cross' && joinType !== 'left_anti', `analysis lets no ${joinType} join of two streams pass`);
  const left = withoutSessions(leftInput, node.left.output);
  const right = withoutSessions(rightInput, node.right.output);
  const columns = new Map([...left.columns, ...right.columns]);
  const scope = scopeOf(compiler, { columns });
  const condition = splitCondition(node.condition, idsOf(node.left.output), idsOf(node.right.output));
  const table = newTable(compiler, 'join');
  const step: JoinStep = {
    kind: 'join',
    operator,
    table,
    below: [...new Set([...left.below, ...right.below])],
    joinType,
    left: joinSide(left, node.left.output, 'left', condition, node.right.output, compiler),
    right: joinSide(right, node.right.output, 'right', condition, node.left.output, compiler),
    keys: condition.equalities.map((equality) => joinKey(equality, scope)),
    condition:
      condition.both.length === 0
        ? sql`true`
        : sqlJoin(
            condition.both.map((part) => sql`(${compileExpression(part, scope)})`),
            ' AND ',
          ),
    output: joinType === 'left_semi' ? scopeItems(left.columns) : scopeItems(columns),
    leftOnly: [...scopeItems(left.columns), ...(joinType === 'left_semi' ? [] : nullItems(right, node.right.output))],
    rightOnly: [...nullItems(left, node.left.output), ...scopeItems(right.columns)],
    schema: {
      left: sideSchema(condition, 'left', node.left.output),
      right: sideSchema(condition, 'right', node.right.output),
    },
  };
  compiler.steps.push(step);
  return { from: table, columns: joinType === 'left_semi' ? left.columns : columns, below: [operator] };
}

const joinKey = ({ left, right, isNullSafe }: Equality, scope: ExpressionScope): JoinKey => ({
  left: compileSortKey(left, scope),
  right: compileSortKey(right, scope),
  isNullSafe,
  type: left.type,
});

const nullItems = (relation: CompiledRelation, output: readonly Attribute[]): readonly Sql[] => {
  const seen = new Set<AttributeId>();
  return output.flatMap((attribute) => {
    const form = relation.columns.get(attribute.id);
    if (!form || seen.has(attribute.id)) return [];
    seen.add(attribute.id);
    return [sql`NULL::${formStorage(attribute, form)} AS ${columnName(attribute.id)}`];
  });
};

type Side = 'left' | 'right';

function joinSide(
  relation: CompiledRelation,
  output: readonly Attribute[],
  side: Side,
  condition: SplitCondition,
  otherOutput: readonly Attribute[],
  compiler: Compiler,
): JoinSide {
  const scope = scopeOf(compiler, relation);
  const own = condition[side];
  const time = watermarked(relation, output);
  const evict = keyEviction(condition, side, relation, scope) ?? timeEviction(condition, output, otherOutput, time?.us);
  return {
    input: selectAll(relation),
    columns: stateColumns(relation, output),
    below: relation.below,
    ...(own.length === 0
      ? {}
      : {
          storable: sqlJoin(
            own.map((part) => sql`(${compileExpression(part, scope)})`),
            ' AND ',
          ),
        }),
    ...(time ? { eventTimeUs: time.us } : {}),
    ...(evict ? { evict } : {}),
  };
}

const isTagged = (expression: BoundExpression): boolean =>
  expression.kind === 'attribute' && expression.attribute.watermarkDelayMs !== undefined;

/** An equality with a watermarked column on either side closes both sides by that key. */
function keyEviction(
  condition: SplitCondition,
  side: Side,
  relation: CompiledRelation,
  scope: ExpressionScope,
): JoinSide['evict'] {
  const equality = condition.equalities.find(({ left, right }) => isTagged(left) || isTagged(right));
  if (!equality) return undefined;
  const key = equality[side];
  const form = key.kind === 'attribute' ? relation.columns.get(key.attribute.id) : undefined;
  const us =
    key.kind === 'attribute' && form
      ? eventTimeUs(key.attribute, form)
      : plainTimeUs(compileExpression(key, scope), key.type);
  return { us, shiftUs: 0, byKey: true };
}

/** Needs a watermark on the side itself (its rows are judged by that column) and on the other side (whose watermark bounds it). */
function timeEviction(
  condition: SplitCondition,
  output: readonly Attribute[],
  otherOutput: readonly Attribute[],
  us: Sql | undefined,
): JoinSide['evict'] {
  if (us === undefined) return undefined;
  const tagged = idsOf(otherOutput.filter((attribute) => attribute.watermarkDelayMs !== undefined));
  const shiftUs = evictionShiftUs(condition.both, idsOf(output), tagged);
  return shiftUs === undefined ? undefined : { us, shiftUs, byKey: false };
}

const sideSchema = (condition: SplitCondition, side: Side, output: readonly Attribute[]): StateSchema => ({
  key: condition.equalities.map((equality, i) => ({
    name: `field${i}`,
    type: equality[side].type,
    nullable: equality[side].nullable,
  })),
  value: output.map(({ name, type, nullable }) => ({ name, type, nullable })),
});
