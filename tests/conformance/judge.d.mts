export function directive(program: string, key: string): string | null;
export function judge(program: string, expected: string, actual: string): string | null;
export function programsUnder(path: string): string[];
