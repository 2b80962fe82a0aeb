import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { sourceRoot } from './source-root.mjs';

/** Exit status of a process as a shell would give it: its own, or 128 plus the signal that ended it. */
const statusOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs a program in the repository's folder, on this terminal, until it ends.
 * Ctrl-C and a termination signal reach it; this process then waits for its end.
 * @returns {Promise<number>} the exit status
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: sourceRoot, stdio: 'inherit', ...options });
    // The terminal sends Ctrl-C to the whole group, so the child already has it; a signal sent to us alone is passed on.
    const ignore = () => {};
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    const forget = () => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
    };
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      forget();
      resolve(statusOf(code, signal));
    });
  });
}

/** Runs one of our scripts, or any Node program, with this Node. */
export const runNode = (args, options) => runCommand(process.execPath, args, options);

/** Runs npm. Under `npm run` it says where it is; otherwise it is found on the PATH (a .cmd file on Windows, hence the shell). */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js')
    ? runNode([npm, ...args], options)
    : runCommand('npm', args, { shell: process.platform === 'win32', ...options });
}
