import { hasEmptyPath, mergeStacks, type CallStack } from './call-stack.ts';

/** What a config went through, as bits of `marks`. */
export const marks = {
  /** It passed a flag that is off. */
  flaggedOff: 1,
  /** It fell off the end of the rule that decides. */
  leftDecision: 2,
  /** It is exempt from the filter of precedence loops. */
  keepsPrecedence: 4,
} as const;

/** One way the text could be read: in `state`, having chosen `alternative`, with `stack` to return to. */
export type Config = {
  readonly state: number;
  readonly alternative: number;
  stack: CallStack;
  marks: number;
};

export const isOff = (config: Config): boolean => (config.marks & marks.flaggedOff) !== 0;

/** Configs with the same state and alternative are one, with the union of their stacks. */
export class ConfigSet {
  private readonly byKey = new Map<number, Config>();
  private readonly wildcard: boolean;

  /** `wildcard`: an empty stack stands for any caller (prediction without the real call stack). */
  constructor(wildcard: boolean) {
    this.wildcard = wildcard;
  }

  get size(): number {
    return this.byKey.size;
  }

  get all(): IterableIterator<Config> {
    return this.byKey.values();
  }

  add(state: number, { alternative, stack, marks: added }: Config): void {
    const key = (state * 512 + alternative) * 2 + (added & marks.flaggedOff);
    const known = this.byKey.get(key);
    if (!known) {
      this.byKey.set(key, { state, alternative, stack, marks: added });
      return;
    }
    known.stack = mergeStacks(known.stack, stack, this.wildcard);
    known.marks |= added;
  }

  /** The only alternative left, or undefined. */
  uniqueAlternative(): number | undefined {
    let found: number | undefined;
    for (const { alternative } of this.byKey.values()) {
      if (found !== undefined && alternative !== found) return undefined;
      found = alternative;
    }
    return found;
  }

  /** The alternatives that share a state and a stack: they can no longer be told apart. */
  conflictingSets(): readonly ReadonlySet<number>[] {
    const sets = new Map<number, Set<number>>();
    for (const { state, stack, alternative } of this.byKey.values()) {
      const key = stack.id * 0x4000 + state;
      const set = sets.get(key);
      if (set) set.add(alternative);
      else sets.set(key, new Set([alternative]));
    }
    return [...sets.values()];
  }

  /** The alternative that wins wherever several cannot be told apart, if it is the same everywhere. */
  winner(): number | undefined {
    const firsts = new Set(this.conflictingSets().map((set) => Math.min(...set)));
    const [only] = firsts;
    return firsts.size === 1 ? only : undefined;
  }

  /** Whether some state is reached by one alternative only, so that more text may still decide. */
  hasStateOfOneAlternative(): boolean {
    const states = new Map<number, number>();
    for (const { state, alternative } of this.byKey.values()) {
      const known = states.get(state);
      if (known === undefined) states.set(state, alternative);
      else if (known !== alternative) states.set(state, -1);
    }
    return [...states.values()].some((alternative) => alternative !== -1);
  }

  isPossible(alternative: number): boolean {
    for (const c of this.byKey.values()) if (c.alternative === alternative && !isOff(c)) return true;
    return false;
  }

  /**
   * The first alternative that had already read the deciding rule to its end when the text stopped making sense: ANTLR takes it and leaves the error to
   * the caller.
   */
  finishedAlternative(isStop: (state: number) => boolean): number | undefined {
    const finished = [...this.byKey.values()].filter(
      (c) => (c.marks & marks.leftDecision) !== 0 || (isStop(c.state) && hasEmptyPath(c.stack)),
    );
    const possible = finished.filter((c) => !isOff(c));
    const usable = possible.length > 0 ? possible : finished;
    return usable.length === 0 ? undefined : Math.min(...usable.map((c) => c.alternative));
  }

  key(): string {
    return [...this.byKey.values()]
      .map((c) => `${c.state}.${c.alternative}.${c.stack.id}.${c.marks & (marks.flaggedOff | marks.leftDecision)}`)
      .sort()
      .join();
  }
}
