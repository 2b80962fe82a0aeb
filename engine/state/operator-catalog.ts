import type { StatefulStep } from '../compile/compiled-step.ts';
import { assertNever } from '../core/assert-never.ts';
import { AggregateState } from './aggregate-state.ts';
import { DeduplicateState } from './deduplicate-state.ts';
import { JoinState } from './join-state.ts';
import { LimitState } from './limit-state.ts';
import { SessionState } from './session-state.ts';
import type { StatefulBatch, StatefulOperator, StateMetrics } from './stateful-batch.ts';

/** The operator of a step, with the step's own type forgotten: steps are compiled anew for each batch, the operator lives on. */
export type BoundOperator = {
  readonly operator: number;
  readonly of: (step: StatefulStep) => {
    readonly name: string;
    readonly createState: () => ReturnType<StatefulOperator['createState']>;
    readonly load: (
      connection: Parameters<StatefulOperator['load']>[1],
      evictedMs: number,
      mode: Parameters<StatefulOperator['load']>[3],
    ) => Promise<void>;
    readonly run: (batch: StatefulBatch) => Promise<StateMetrics>;
    readonly undo: StatefulOperator['undo'];
    readonly wantsNoDataBatch: (mode: Parameters<StatefulOperator['wantsNoDataBatch']>[1]) => boolean;
    readonly schemas: () => ReturnType<StatefulOperator['schemas']>;
  };
};

export function operatorFor(step: StatefulStep): BoundOperator {
  switch (step.kind) {
    case 'aggregate':
      return bind('aggregate', new AggregateState(step.operator));
    case 'deduplicate':
      return bind('deduplicate', new DeduplicateState(step.operator, step.expires === 'within_watermark'));
    case 'join':
      return bind('join', new JoinState(step.operator));
    case 'session':
      return bind('session', new SessionState(step.operator));
    case 'stream_limit':
      return bind('stream_limit', new LimitState(step.operator));
    default:
      return assertNever(step, 'stateful step');
  }
}

type StepOf<Kind extends StatefulStep['kind']> = Extract<StatefulStep, { readonly kind: Kind }>;

function bind<Kind extends StatefulStep['kind']>(kind: Kind, operator: StatefulOperator<StepOf<Kind>>): BoundOperator {
  const own = (step: StatefulStep): StepOf<Kind> => {
    if (step.kind !== kind) throw new Error(`step ${step.kind} given to the state of a ${kind}`);
    return step as StepOf<Kind>;
  };
  return {
    operator: operator.operator,
    of: (step) => ({
      name: operator.name,
      createState: () => operator.createState(own(step)),
      load: (connection, evictedMs, mode) => operator.load(own(step), connection, evictedMs, mode),
      run: (batch) => operator.run(own(step), batch),
      undo: (batchId) => operator.undo(batchId),
      wantsNoDataBatch: (mode) => operator.wantsNoDataBatch(own(step), mode),
      schemas: () => operator.schemas(own(step)),
    }),
  };
}
