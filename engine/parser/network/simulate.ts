import { endOfInput } from '../grammar/token-types.ts';
import { emptyStack, type CallStack } from './call-stack.ts';
import { Closure } from './closure.ts';
import { ConfigSet, marks, type Config } from './configs.ts';
import { accepts, type Network, type State } from './network.ts';

/**
 * The places that the given alternatives of a decision lead to before a token is read. Without a stack the deciding rule may return to any of its
 * callers.
 */
export function startConfigs(
  network: Network,
  decision: State,
  alternatives: readonly number[],
  precedence: number,
  stack: CallStack | undefined,
): ConfigSet {
  const configs = new ConfigSet(!stack);
  const closure = new Closure(network, configs, {
    full: stack !== undefined,
    precedence,
    precedenceLoop: decision.isPrecedenceLoop ? decision.rule : undefined,
    endOfInputRead: false,
  });
  for (const alternative of alternatives) {
    const target = decision.transitions[alternative]?.target ?? decision.number;
    closure.visit({ state: target, alternative, stack: stack ?? emptyStack, marks: 0 }, 0);
  }
  return decision.isPrecedenceLoop ? withoutRepeatedLoops(configs, !stack) : configs;
}

/** Leaving a precedence loop is dropped where staying in it leads to the same place. */
function withoutRepeatedLoops(configs: ConfigSet, wildcard: boolean): ConfigSet {
  const kept = new ConfigSet(wildcard);
  const staying = new Map<number, CallStack>();
  for (const c of configs.all) {
    if (c.alternative !== 0) continue;
    staying.set(c.state, c.stack);
    kept.add(c.state, c);
  }
  for (const c of configs.all) {
    const isKept = (c.marks & marks.keepsPrecedence) !== 0 || staying.get(c.state) !== c.stack;
    if (c.alternative !== 0 && isKept) kept.add(c.state, c);
  }
  return kept;
}

/** The places reached by reading a token, or undefined if there are none. `full`: with complete stacks. */
export function reach(
  network: Network,
  from: ConfigSet,
  token: number,
  full: boolean,
  inPrecedenceLoop: boolean,
): ConfigSet | undefined {
  const moved = new ConfigSet(!full);
  const stopped: Config[] = [];
  for (const c of from.all) {
    const { kind, transitions } = network.state(c.state);
    if (kind === 'rule_stop') {
      if (full || token === endOfInput) stopped.push(c);
      continue;
    }
    for (const t of transitions) if (accepts(t, token)) moved.add(t.target, c);
  }
  let reached = moved;
  const settled = stopped.length === 0 && token !== endOfInput && moved.uniqueAlternative() !== undefined;
  if (!settled) {
    reached = new ConfigSet(!full);
    const closure = new Closure(network, reached, {
      full,
      precedence: undefined,
      precedenceLoop: inPrecedenceLoop ? -1 : undefined,
      endOfInputRead: token === endOfInput,
    });
    for (const c of moved.all) closure.visit(c, 0);
    if (token === endOfInput) reached = onlyStopped(network, reached, full);
  }
  if (stopped.length > 0 && (!full || ![...reached.all].some((c) => isStop(network, c.state))))
    for (const c of stopped) reached.add(c.state, c);
  return reached.size === 0 ? undefined : reached;
}

export const isStop = (network: Network, state: number): boolean => network.state(state).kind === 'rule_stop';

function onlyStopped(network: Network, configs: ConfigSet, full: boolean): ConfigSet {
  const kept = new ConfigSet(!full);
  for (const c of configs.all) if (isStop(network, c.state)) kept.add(c.state, c);
  return kept;
}
