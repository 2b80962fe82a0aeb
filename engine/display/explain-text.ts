/** One operator of a plan as `explain` prints it. */
export type ExplainNode = { readonly text: string; readonly children: readonly ExplainNode[] };

/** Spark's tree layout under a heading: `== Physical Plan ==`. */
export const explainText = (heading: string, root: ExplainNode): string => `== ${heading} ==\n${treeLines(root).join('\n')}\n`;

/** The root without a mark; below it `:- ` for a child that has a sibling after it, `+- ` for the last one. */
function treeLines(node: ExplainNode): readonly string[] {
  const below = node.children.flatMap((child, i) => {
    const isLast = i === node.children.length - 1;
    const [first = '', ...rest] = treeLines(child);
    return [`${isLast ? '+- ' : ':- '}${first}`, ...rest.map((line) => `${isLast ? '   ' : ':  '}${line}`)];
  });
  return [node.text, ...below];
}
