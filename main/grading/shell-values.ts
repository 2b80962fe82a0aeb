/** A typed value, a quoted text, or a bare word. */
const tokenPattern = /([A-Za-z]\w*)\('([^']*)'\)|'((?:[^'\\]|\\.)*)'|(-?\d[\w.+-]*|true|false|null)/g;

/** The values of a document's field as the Mongo panel prints it (`{ start: ISODate('…'), n: Long('3') }`), as text; ids that MongoDB draws are left out. */
export function shellValues(cell: string): readonly string[] {
  return [...cell.matchAll(tokenPattern)].flatMap(([, type, held, quoted, bare]) => {
    if (type === 'ObjectId') return [];
    return [held ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? ''];
  });
}
