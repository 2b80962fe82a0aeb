/**
 * A set of call stacks as a shared graph: each entry is a state to return to and the stacks below it. `emptyReturn` marks a stack that ends here.
 * Equal sets are the same object, so `===` compares them.
 */
export type CallStack = {
  readonly id: number;
  readonly returns: readonly number[];
  readonly below: readonly (CallStack | undefined)[];
  /** This stack with one more state to return to. */
  readonly pushed: Map<number, CallStack>;
};

/** Larger than any state number, so that it sorts last. */
export const emptyReturn = 0x7fffffff;

const interned = new Map<string, CallStack>();
const merged = new Map<number, CallStack>();
let count = 0;

export const emptyStack: CallStack = make([emptyReturn], [undefined]);

function make(returns: readonly number[], below: readonly (CallStack | undefined)[]): CallStack {
  count += 1;
  return { id: count, returns, below, pushed: new Map() };
}

function intern(returns: readonly number[], below: readonly (CallStack | undefined)[]): CallStack {
  const [state = emptyReturn] = returns;
  if (returns.length === 1) return below[0] ? pushReturn(below[0], state) : emptyStack;
  const key = returns.map((each, index) => `${each}:${below[index]?.id ?? ''}`).join();
  const found = interned.get(key);
  if (found) return found;
  const made = make(returns, below);
  interned.set(key, made);
  return made;
}

export function pushReturn(stack: CallStack, state: number): CallStack {
  const found = stack.pushed.get(state);
  if (found) return found;
  const made = make([state], [stack]);
  stack.pushed.set(state, made);
  return made;
}

export const hasEmptyPath = (stack: CallStack): boolean => stack.returns.at(-1) === emptyReturn;

/**
 * The union of two sets of stacks. With `wildcard` the empty stack means "any caller" and absorbs the other; otherwise it is one more stack.
 */
export function mergeStacks(a: CallStack, b: CallStack, wildcard: boolean): CallStack {
  if (a === b) return a;
  if (wildcard && (a === emptyStack || b === emptyStack)) return emptyStack;
  const [low, high] = a.id < b.id ? [a, b] : [b, a];
  const key = (high.id * 0x4000000 + low.id) * 2 + (wildcard ? 1 : 0);
  const known = merged.get(key);
  if (known) return known;
  const made = mergeEntries(low, high, wildcard);
  merged.set(key, made);
  return made;
}

function mergeEntries(a: CallStack, b: CallStack, wildcard: boolean): CallStack {
  const returns: number[] = [];
  const below: (CallStack | undefined)[] = [];
  let [i, j] = [0, 0];
  while (i < a.returns.length || j < b.returns.length) {
    const left = a.returns[i] ?? Infinity;
    const right = b.returns[j] ?? Infinity;
    const [underLeft, underRight] = [a.below[i], b.below[j]];
    returns.push(Math.min(left, right));
    if (left === right) below.push(underLeft && underRight ? mergeStacks(underLeft, underRight, wildcard) : underLeft);
    else below.push(left < right ? underLeft : underRight);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return intern(returns, below);
}
