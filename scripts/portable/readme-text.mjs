const openings = {
  linux: `1. Abre la carpeta Marea y haz doble clic en marea.sh; si se abre como texto, botón derecho, «Ejecutar como programa».
   En un terminal: ./marea.sh
2. Se abre una ventana de Chrome, Chromium o Edge; si no hay ninguno, tu navegador.
3. Para cerrar Marea, pulsa Ctrl+C en el terminal (o cierra la sesión).`,
  win32: `1. Descomprime el zip entero (botón derecho, «Extraer todo»): desde dentro del zip no funciona.
2. Haz doble clic en Marea.cmd. Si Windows avisa («Windows protegió su PC»), pulsa «Más información» y «Ejecutar de todas formas».
3. Se abre una ventana de Edge o de Chrome; si no hay ninguno, tu navegador.
4. Para cerrar Marea, cierra la ventana negra.`,
  darwin: `1. Haz doble clic en Marea.command. La primera vez macOS lo impide: abre Ajustes del Sistema, «Privacidad y seguridad»,
   baja hasta el aviso sobre Marea.command y pulsa «Abrir igualmente».
2. Se abre una ventana de Chrome o de Edge; si no hay ninguno, tu navegador.
3. Para cerrar Marea, cierra la ventana del Terminal.`,
};

/** LEEME.txt of a platform, with that system's line ends. */
export function readmeText({ name, command }, version) {
  const [system] = name.split('-');
  const typed = system === 'win32' ? command.replaceAll('/', '\\').replace(/\.cmd$/, '') : command;
  const text = `Marea ${version}
==========${'='.repeat(version.length - 4)}

Banco de trabajo sin conexión para la unidad Spark Streaming II. No hay que instalar nada, ni hacen falta permisos de administrador ni red.

Abrir
-----
${openings[system]}

Si la abres dos veces, se enseña la que ya está en marcha.

Tus cuadernos y datos
---------------------
Están en la carpeta Marea de tu usuario, y siguen ahí si borras esta. Para llevarlos en un USB, crea una carpeta llamada datos
aquí, junto a este fichero: Marea los guardará en ella. Al cambiar de versión, pasa la carpeta datos a la nueva.

Línea de órdenes
----------------
${typed} run programa.py
${typed} run cuaderno.ipynb
${typed} verify ENTREGA.zip

Marea tiene licencia MIT (LICENSE). Lo que lleva de otros, en THIRD-PARTY.md y app/node/LICENSE.
`;
  return system === 'win32' ? text.replaceAll('\n', '\r\n') : text;
}
