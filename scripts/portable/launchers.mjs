// What is double-clicked or typed. All ASCII: a Windows console reads a .cmd in its own code page.

const windowsLines = (text) => text.replaceAll('\n', '\r\n');

const windowsLauncher = `@echo off
title Marea - deja esta ventana abierta
set "MAREA_PORTABLE=%~dp0."
"%~dp0app\\node\\node.exe" "%~dp0app\\dist\\marea.js" serve --app-window %*
if errorlevel 1 pause
`;

const windowsCommand = `@echo off
setlocal
set "MAREA_PORTABLE=%~dp0.."
"%~dp0..\\app\\node\\node.exe" "%~dp0..\\app\\dist\\marea.js" %*
exit /b %errorlevel%
`;

/** A stick formatted for Windows may come mounted so that nothing on it can be run. */
const checkNode = `node="$here/app/node/node"
if [ ! -x "$node" ]; then
  echo "Marea no se puede ejecutar desde $here: copia la carpeta entera a tu carpeta personal y vuelve a probar." >&2
  exit 1
fi
`;

const unixLauncher = (system) => `#!/bin/sh
self=$(readlink -f "$0" 2>/dev/null || echo "$0")
here=$(CDPATH='' cd -- "$(dirname -- "$self")" && pwd -P) || exit 1
${system === 'darwin' ? macQuarantine : ''}${checkNode}export MAREA_PORTABLE="$here"
exec "$node" "$here/app/dist/marea.js" serve --app-window "$@"
`;

/** Whoever opened the launcher has allowed Marea; without this macOS would ask again for Node and for each library of DuckDB. */
const macQuarantine = `xattr -dr com.apple.quarantine "$here" 2>/dev/null
`;

const unixCommand = `#!/bin/sh
self=$(readlink -f "$0" 2>/dev/null || echo "$0")
here=$(CDPATH='' cd -- "$(dirname -- "$self")/.." && pwd -P) || exit 1
${checkNode}export MAREA_PORTABLE="$here"
exec "$node" "$here/app/dist/marea.js" "$@"
`;

/** The two launchers of a platform, by their path in the archive. */
export function launchersOf({ name, launcher, command }) {
  const [system] = name.split('-');
  const texts =
    system === 'win32'
      ? [windowsLines(windowsLauncher), windowsLines(windowsCommand)]
      : [unixLauncher(system), unixCommand];
  return [
    { path: launcher, bytes: Buffer.from(texts[0]), mode: 0o755 },
    { path: command, bytes: Buffer.from(texts[1]), mode: 0o755 },
  ];
}
