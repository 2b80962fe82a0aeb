import { assertNever } from '../core/assert-never.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { compileAggregate } from './compile-aggregate.ts';
import { compileDeduplicate } from './compile-deduplicate.ts';
import { compileExpand, compileGenerate } from './compile-generate.ts';
import { compileJoin } from './compile-join.ts';
import { compileFilter, compileLimit, compileProject, compileSample, compileSort } from './compile-project.ts';
import { compileDifference, compileUnion } from './compile-set-operation.ts';
import { compileLocalRows, compileRange, compileSource, compileTable } from './compile-source.ts';
import { compileSessionWindow, compileTimeWindow } from './compile-time-window.ts';
import type { CompiledRelation, Compiler, Demand } from './compiler.ts';
import { compileWatermark } from './watermark-statistics.ts';

/** Text of one node over the text of its inputs; nodes that need more append their step and answer the table it makes. */
export function compileRelation(node: AnalyzedRelation, compiler: Compiler, demand: Demand): CompiledRelation {
  switch (node.kind) {
    case 'source':
      return compileSource(node, compiler, demand);
    case 'table':
      return compileTable(node, compiler);
    case 'local_rows':
      return compileLocalRows(node, compiler);
    case 'range':
      return compileRange(node);
    case 'project':
      return compileProject(node, compiler, demand);
    case 'filter':
      return compileFilter(node, compiler, demand);
    case 'time_window':
      return compileTimeWindow(node, compiler, demand);
    case 'session_window':
      return compileSessionWindow(node, compiler, demand);
    case 'watermark':
      return compileWatermark(node, compiler, demand);
    case 'generate':
      return compileGenerate(node, compiler, demand);
    case 'expand':
      return compileExpand(node, compiler, demand);
    case 'aggregate':
      return compileAggregate(node, compiler, demand);
    case 'deduplicate':
      return compileDeduplicate(node, compiler, demand);
    case 'join':
      return compileJoin(node, compiler, demand);
    case 'union':
      return compileUnion(node, compiler, demand);
    case 'intersect':
    case 'except':
      return compileDifference(node, compiler, demand);
    case 'sort':
      return compileSort(node, compiler);
    case 'limit':
    case 'offset':
    case 'tail':
      return compileLimit(node, compiler);
    case 'sample':
      return compileSample(node, compiler, demand);
    // Names, hints and partitioning change no row.
    case 'subquery_alias':
    case 'hint':
    case 'repartition':
      return compiler.relation(node.input, demand);
    default:
      return assertNever(node, 'relation');
  }
}
