import { jsonText, readJson, scalarText, type JsonNode } from './json-text.ts';

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'every' };

const paths = new Map<string, readonly Step[] | undefined>();

/** `$.a.b[0]['c d'][*]`; undefined for a path that Spark does not read. `.*` is one too: it never finds anything. */
export function readJsonPath(path: string): readonly Step[] | undefined {
  if (!paths.has(path)) paths.set(path, parsePath(path));
  return paths.get(path);
}

function parsePath(path: string): readonly Step[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let rest = path.slice(1);
  while (rest !== '') {
    const match = /^\.([^.[]+)|^\[(\d+)\]|^\[(\*)\]|^\['([^'?]*)'\]/.exec(rest);
    if (!match || match[1] === '*' || match[4] === '*') return undefined;
    const name = match[1] ?? match[4];
    if (name !== undefined) steps.push({ kind: 'name', name });
    else if (match[2] !== undefined) steps.push({ kind: 'index', index: Number(match[2]) });
    else steps.push({ kind: 'every' });
    rest = rest.slice(match[0].length);
  }
  return steps;
}

/** A JSON pointer to the same place when every step is a name that could not be an index; DuckDB follows it in SQL. */
export function jsonPointer(steps: readonly Step[]): string | undefined {
  let pointer = '';
  for (const step of steps) {
    if (step.kind === 'every') return undefined;
    const token = step.kind === 'index' ? String(step.index) : step.name;
    // A pointer does not say whether a number is a name or an index.
    if (step.kind === 'index' || /^\d+$/.test(token)) return undefined;
    pointer += `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}

/** `get_json_object`: the text at the path, null where there is nothing. */
export function jsonObjectAt(text: string, path: string): string | null {
  const steps = readJsonPath(path);
  const root = steps === undefined ? undefined : readJson(text);
  if (!steps || !root) return null;
  const found = follow(root, steps);
  if (found.length === 0) return null;
  const [only] = found;
  if (found.length === 1 && only)
    return steps.some((step) => step.kind === 'every') && only.kind === 'string'
      ? jsonText(only).slice(1, -1)
      : scalarText(only);
  return `[${found.map(jsonText).join(',')}]`;
}

function follow(node: JsonNode, steps: readonly Step[]): readonly JsonNode[] {
  const [step, ...rest] = steps;
  if (!step) return node.kind === 'null' ? [] : [node];
  switch (step.kind) {
    case 'name':
      return node.kind === 'object'
        ? firstFound(
            node.members.filter(([name]) => name === step.name).map(([, value]) => value),
            rest,
          )
        : [];
    case 'index':
      return node.kind === 'array' ? firstFound(node.items.slice(step.index, step.index + 1), rest) : [];
    case 'every':
      return node.kind === 'array' ? everyItem(node.items, rest) : [];
  }
}

const firstFound = (nodes: readonly JsonNode[], rest: readonly Step[]): readonly JsonNode[] => {
  const [first] = nodes;
  return first ? follow(first, rest) : [];
};

/** `[*][*]` flattens; a wildcard behind another step keeps its inner lists apart. */
function everyItem(items: readonly JsonNode[], rest: readonly Step[]): readonly JsonNode[] {
  return items.flatMap((item) => follow(item, rest));
}
