import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const usage = `marea: PySpark Structured Streaming sin JVM

  marea run [--clock virtual[=2026-03-02T09:00:00]] FILE.py | FILE.ipynb [args]
                                          ejecuta un programa o un cuaderno en esta carpeta; con un reloj virtual, sin esperas
  marea verify ENTREGA.zip | CARPETA … [--json]
                                          comprueba que nada ha cambiado en las entregas
  marea compare ENTREGA.zip | CARPETA … [--reference REFERENCIA.zip] [--json]
                                          las ejecuta otra vez, aisladas, y las compara con lo entregado y con la referencia
  marea serve [--no-open | --app-window] [--port N] [--data FOLDER]
                                          abre el banco de trabajo en el navegador, o en una ventana propia de Edge o Chrome
`;

/** Folder of the built parts: beside this bundle, or `dist` of the tree when run from source. */
const distFolder = dirname(dirname(fileURLToPath(import.meta.url)));

async function main([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case 'run':
      return run(args);
    case 'verify':
      return (await import('../host/verify-command.ts')).verifyCommand(args, (text) => writeAll(1, text));
    case 'compare':
      return compare(args);
    default:
      writeAll(command === undefined || command === '--help' ? 1 : 2, usage);
      return command === '--help' ? 0 : 2;
  }
}

async function compare(words: readonly string[]): Promise<number> {
  const [{ compareCommand }, { compareWith }] = await Promise.all([
    import('../host/compare-command.ts'),
    import('../host/replay/compare-with.ts'),
  ]);
  return compareCommand(words, compareWith({ pythonFolder: join(distFolder, 'python') }), (text) => writeAll(1, text));
}

async function run(words: readonly string[]): Promise<number> {
  const { clockText, file, args } = runArguments(words);
  if (file === undefined) {
    writeAll(2, usage);
    return 2;
  }
  const clock =
    clockText === undefined ? undefined : (await import('../host/clock-option.ts')).clockOfOption(clockText);
  if (clockText !== undefined && !clock) {
    writeAll(2, `marea: --clock no entiende "${clockText}": escribe virtual o virtual=2026-03-02T09:00:00\n`);
    return 2;
  }
  const { runProgram } = await import('../host/run-program.ts');
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  return runProgram({
    file,
    args,
    ...(clock ? { clock } : {}),
    folder: process.cwd(),
    env,
    python: { pythonFolder: join(distFolder, 'python') },
    stdout: (text) => writeAll(1, text),
    stderr: (text) => writeAll(2, text),
  });
}

/** Options come before the program; what follows it is the program's own. */
function runArguments(words: readonly string[]) {
  const [first = '', second] = words;
  if (first !== '--clock' && !first.startsWith('--clock=')) return { file: words[0], args: words.slice(1) };
  const rest = first === '--clock' ? words.slice(2) : words.slice(1);
  const clockText = first === '--clock' ? (second ?? '') : first.slice('--clock='.length);
  return { clockText, file: rest[0], args: rest.slice(1) };
}

/** Written at once and whole, so that stdout and stderr keep their order and nothing is lost when the process ends. */
function writeAll(descriptor: 1 | 2, text: string): void {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}

process.exit(
  await main(process.argv.slice(2)).catch((error: unknown) => {
    writeAll(2, `marea: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 70;
  }),
);
