export type PublicName = { readonly owner: string; readonly name: string; readonly answer: string };

const isRefused = ({ answer }: PublicName): boolean => answer.startsWith('refused: ');
const code = (text: string): string => `\`${text}\``;
const shortOwner = (owner: string): string =>
  owner.endsWith('SparkSession.Builder') ? 'SparkSession.Builder' : owner.slice(owner.lastIndexOf('.') + 1);

/** Classes whose names say nothing that a program could miss: types and the records of listeners. */
const isListed = ({ owner }: PublicName): boolean =>
  owner !== 'pyspark.sql.functions' && !owner.startsWith('pyspark.sql.types') && !owner.includes('.listener.');

/** The text of `docs/spark-differences.md`. */
export function differencesDocument(names: readonly PublicName[], programs: Readonly<Record<string, string>>): string {
  const functions = names.filter(({ owner }) => owner === 'pyspark.sql.functions');
  const working = functions.filter((one) => !isRefused(one));
  return `# En qué se diferencia Marea de Spark

Marea sigue a Spark 3.5 con \`spark.sql.ansi.enabled=false\`: los mismos resultados, los mismos nombres y los mismos errores. Lo que no incluye lo rechaza por su
nombre, en la línea que lo usa; nunca hace otra cosa en su lugar. Esta página la escribe \`npm run docs:differences\` a partir de los nombres públicos de PySpark 3.5.7,
de lo que cada uno hace aquí y de los programas grabados en Spark que no dan lo mismo; una prueba comprueba que está al día.

## Programas grabados en Spark cuya salida no es igual

| programa | diferencia |
| --- | --- |
${Object.entries(programs)
  .map(([program, reason]) => `| \`${program}\` | ${reason} |`)
  .join('\n')}

## Funciones: \`pyspark.sql.functions\`

De las ${functions.length} funciones públicas, ${working.length} funcionan y ${functions.length - working.length} se rechazan por su nombre.

| se rechazan | en su lugar |
| --- | --- |
${grouped(functions.filter(isRefused), insteadOf)
  .map(([instead, found]) => `| ${found.map(({ name }) => code(name)).join(', ')} | ${instead} |`)
  .join('\n')}

| letra | funcionan |
| --- | --- |
${letters(working)
  .map(([letter, found]) => `| ${letter} | ${found.map(({ name }) => code(name)).join(', ')} |`)
  .join('\n')}

## Clases: lectores, escritores, consultas y DataFrame

De cada clase, los nombres que se rechazan al usarlos. Los demás funcionan.

| clase | nombres | funcionan | se rechazan por su nombre |
| --- | --- | --- | --- |
${owners(names.filter(isListed))
  .map(([owner, found]) => {
    const refused = found.filter(isRefused);
    const list = refused.map(({ name }) => code(name)).join(', ');
    return `| \`${shortOwner(owner)}\` | ${found.length} | ${found.length - refused.length} | ${list} |`;
  })
  .join('\n')}
`;
}

/** What the refusal says to use, if anything. */
const insteadOf = ({ answer }: PublicName): string => /; usa ([^ ]+)\.(?: |$)/.exec(answer)?.[1] ?? 'Spark';

const letters = (found: readonly PublicName[]): readonly (readonly [string, readonly PublicName[]])[] =>
  grouped(found, ({ name }) => (name[0] ?? '').toLowerCase()).toSorted(([a], [b]) => a.localeCompare(b));
const owners = (found: readonly PublicName[]) => grouped(found, ({ owner }) => owner);

function grouped(
  found: readonly PublicName[],
  keyOf: (one: PublicName) => string,
): readonly (readonly [string, readonly PublicName[]])[] {
  const groups = new Map<string, PublicName[]>();
  for (const one of found) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups];
}
