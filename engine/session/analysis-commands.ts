import { typeToJson } from '../core/type-json.ts';
import { treeString } from '../display/tree-string.ts';
import { parseTableSchema } from '../parser/parse-table-schema.ts';
import type { AnalyzeCommand, CommandResults } from '../plan/command.ts';
import { printUnresolved } from '../plan/print-unresolved.ts';
import { analyzePlan } from './analyze-command.ts';
import type { EngineState } from './engine-state.ts';
import { explainPlan } from './explain-plan.ts';
import { partitionSizes } from './partition-sizes.ts';
import type { SparkSession } from './spark-session.ts';
import { checkTrigger } from './start-arguments.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';

/** Eager analysis and what needs no rows. */
export async function runAnalyzeCommand(
  command: AnalyzeCommand,
  session: SparkSession,
  engine: EngineState,
): Promise<CommandResults[AnalyzeCommand['kind']]> {
  switch (command.kind) {
    case 'analyze_plan': {
      const plan = await analyzePlan(command.plan, session, engine);
      return { schema: typeToJson(schemaOf(plan)), is_streaming: plan.isStreaming };
    }
    case 'tree_string':
      return { text: treeString(schemaOf(await analyzePlan(command.plan, session, engine)), command.level) };
    case 'explain':
      return { text: explainPlan(await analyzePlan(command.plan, session, engine), command.mode, session.zone) };
    case 'parse_ddl':
      return { schema: typeToJson(parseTableSchema(command.ddl)) };
    case 'check_trigger':
      checkTrigger(command.trigger);
      return null;
    case 'expression_text':
      return { text: printUnresolved(command.expression, { mark: '' }) };
    case 'partition_sizes':
      return partitionSizes(await analyzePlan(command.plan, session, engine), command.with_sizes, session, engine);
  }
}
