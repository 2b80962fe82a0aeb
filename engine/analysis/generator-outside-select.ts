import { sparkError, type SparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { printNode } from '../plan/print-plan.ts';
import { printContext } from './function-text.ts';

/** `explode` and the like in a filter or a sort; `node` is the relation as it would be, printed in the message. */
export const generatorOutsideSelect = (node: AnalyzedRelation, context: { readonly zone: string }): SparkError =>
  sparkError('UNSUPPORTED_GENERATOR.OUTSIDE_SELECT', { plan: printNode(node, printContext(context.zone)) });
