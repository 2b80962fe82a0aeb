import fc from 'fast-check';
import { expect, test } from 'vitest';
import { integerType, stringType, timestampType } from '../../../engine/core/data-type.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import type { BoundExpression } from '../../../engine/plan/bound-expression.ts';
import { attribute, call, clickSchema, column, filter, project, ref, stream } from '../../support/analyzed-plans.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import { timeText, type Event } from './event-time-model.ts';
import { playedByEngine } from './played-by-engine.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';
import { arrivalsAndRestarts, clickRow } from './random-arrivals.ts';

type Condition =
  | { readonly kind: 'more' | 'equal'; readonly than: number }
  | { readonly kind: 'no_user' }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ kind: fc.constantFrom('more', 'equal'), than: fc.integer({ min: -2, max: 6 }) }),
    fc.constant({ kind: 'no_user' as const }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
    fc.record({ kind: fc.constantFrom('and', 'or'), left: tie('condition'), right: tie('condition') }),
  ),
}));

const number = (value: number): BoundExpression => ({ kind: 'literal', value, type: integerType, nullable: false });

function expressionOf(one: Condition, input: AnalyzedRelation): BoundExpression {
  switch (one.kind) {
    case 'more':
    case 'equal':
      return call(one.kind === 'more' ? '>' : '=', [ref(column(input, 'n')), number(one.than)]);
    case 'no_user':
      return call('isnull', [ref(column(input, 'user'))]);
    case 'not':
      return call('not', [expressionOf(one.of, input)]);
    case 'and':
    case 'or':
      return call(one.kind, [expressionOf(one.left, input), expressionOf(one.right, input)]);
  }
}

/** Three-valued: null where SQL does not know. */
function holds(one: Condition, event: Event): boolean | null {
  switch (one.kind) {
    case 'more':
      return event.n === null ? null : event.n > one.than;
    case 'equal':
      return event.n === null ? null : event.n === one.than;
    case 'no_user':
      return event.user === null;
    case 'not': {
      const inner = holds(one.of, event);
      return inner === null ? null : !inner;
    }
    case 'and':
    case 'or': {
      const sides = [holds(one.left, event), holds(one.right, event)];
      const decides = one.kind === 'or';
      return sides.includes(decides) ? decides : sides.includes(null) ? null : !decides;
    }
  }
}

/** `filter(condition).select(upper(user), n + 1, at)`. */
function plan(one: Condition): AnalyzedRelation {
  const input = stream(0, clickSchema);
  const kept = filter(input, expressionOf(one, input));
  const [user, n, at] = [ref(column(kept, 'user')), ref(column(kept, 'n')), ref(column(kept, 'at'))];
  return project(kept, [
    { output: attribute('user', stringType), expression: call('upper', [user], stringType) },
    { output: attribute('n', integerType), expression: call('+', [n, number(1)], integerType) },
    { output: attribute('at', timestampType), expression: at },
  ]);
}

test(
  'filters and projections give each micro-batch the answer of its own rows, and all together the batch answer',
  () =>
    fc.assert(
      fc.asyncProperty(arrivalsAndRestarts(1), condition, async (list, wanted) => {
        const played = await playedByEngine(
          { plan: () => plan(wanted), streams: [new MemoryStream(clickSchema)], outputMode: 'append' },
          list,
          clickRow,
        );
        const expected = list
          .filter((arrival) => arrival !== 'restart')
          .map((arrival) =>
            arrival
              .flat()
              .filter((event) => holds(wanted, event) === true)
              .map(
                ({ at, user, n }) => `${user?.toUpperCase() ?? 'NULL'} ${n === null ? 'NULL' : n + 1} ${timeText(at)}`,
              )
              .toSorted(),
          );
        expect(played.map((batch) => batch.output)).toEqual(expected);
      }),
      propertyRuns(15),
    ),
  propertyTimeoutMs,
);
