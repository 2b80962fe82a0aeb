import { pythonLanguage } from '@codemirror/lang-python';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';

export type CellNames = { readonly defines: ReadonlySet<string>; readonly uses: ReadonlySet<string> };

const definingParents = new Set([
  'FunctionDefinition',
  'ClassDefinition',
  'ImportStatement',
  'ForStatement',
  'WithStatement',
]);
const innerScopes = new Set(['FunctionDefinition', 'LambdaExpression', 'ClassDefinition']);

/** Names that a cell binds at its top level, and all names it mentions. An approximation that errs towards mentioning. */
export function namesOfCell(source: string): CellNames {
  const defines = new Set<string>();
  const uses = new Set<string>();
  let depth = 0;
  pythonLanguage.parser.parse(source).iterate({
    enter: (node) => {
      if (node.name === 'VariableName') {
        const name = source.slice(node.from, node.to);
        const isBound = isAssigned(node.node, source) || definingParents.has(node.node.parent?.name ?? '');
        const isOwnName = innerScopes.has(node.node.parent?.name ?? '');
        if (isBound && depth - (isOwnName ? 1 : 0) === 0) defines.add(name);
        else uses.add(name);
      }
      if (innerScopes.has(node.name)) depth++;
    },
    leave: (node) => {
      if (innerScopes.has(node.name)) depth--;
    },
  });
  return { defines, uses };
}

type SyntaxNode = ReturnType<ReturnType<typeof pythonLanguage.parser.parse>['resolve']>;

/** Left of an `=`: `a = …`, `a, b = …`. In `a += 1` the name is used as well, which `uses` learns from the text on the right. */
function isAssigned(node: SyntaxNode, source: string): boolean {
  const parent = node.parent;
  const statement = parent?.name === 'TupleExpression' || parent?.name === 'ArrayExpression' ? parent.parent : parent;
  if (statement?.name !== 'AssignStatement') return false;
  for (
    let sibling = node.parent === statement ? node.nextSibling : parent?.nextSibling;
    sibling;
    sibling = sibling.nextSibling
  ) {
    if (sibling.name === 'AssignOp' && source.slice(sibling.from, sibling.to) === '=') return true;
  }
  return false;
}

export type StaleInput = {
  readonly cells: readonly NotebookCell[];
  readonly ranAs: Readonly<Record<string, number>>;
  readonly edited: Readonly<Record<string, true>>;
};

/**
 * Cells whose output no longer follows from what is above: they ran in this life of the kernel, and a cell above whose names they need was edited
 * or ran again since, or is itself stale; or they were edited themselves.
 */
export function staleCells({ cells, ranAs, edited }: StaleInput): ReadonlySet<string> {
  const stale = new Set<string>();
  const above: { readonly id: string; readonly ran: number; readonly names: CellNames }[] = [];
  for (const cell of cells) {
    const ran = ranAs[cell.id];
    if (cell.cell_type !== 'code' || ran === undefined) continue;
    const names = cachedNames(cell.source);
    const needs = (other: CellNames) => [...other.defines].some((name) => names.uses.has(name));
    const isBehind = above.some(
      (other) => (other.ran > ran || edited[other.id] || stale.has(other.id)) && needs(other.names),
    );
    if (edited[cell.id] || isBehind) stale.add(cell.id);
    above.push({ id: cell.id, ran, names });
  }
  return stale;
}

const cache = new Map<string, CellNames>();
const mostCached = 300;

function cachedNames(source: string): CellNames {
  const known = cache.get(source);
  if (known !== undefined) return known;
  if (cache.size >= mostCached) cache.clear();
  const names = namesOfCell(source);
  cache.set(source, names);
  return names;
}
