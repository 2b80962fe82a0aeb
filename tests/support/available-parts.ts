import { describe } from 'vitest';
import { type PartName, parts, requiredParts } from './machine-parts.ts';

const isRequired = (name: PartName): boolean => requiredParts.some((required) => required === name);

/**
 * A group of tests that needs parts of the machine and gets them as programs, in the order asked for.
 * Where one is missing the group is skipped and its title says which; under `CI=true` a missing required part fails the file.
 */
export function describeWith(
  needed: PartName | readonly PartName[],
  title: string,
  body: (...programs: readonly string[]) => void,
): void {
  const names = typeof needed === 'string' ? [needed] : needed;
  const absent = names.filter((name) => parts[name] === undefined);
  if (absent.length === 0) {
    describe(title, () => body(...names.map((name) => parts[name] ?? '')));
    return;
  }
  if (process.env['CI'] === 'true' && absent.some(isRequired)) {
    throw new Error(`${title}: ${absent.join(', ')} must be installed where CI=true`);
  }
  describe.skip(`${title} (not run: no ${absent.join(', ')} on this machine)`, () => body(...names.map(() => '')));
}
