import { formatsOf } from './format.ts';

const format = formatsOf('es-ES');
const small = ['cero', 'una', 'dos', 'tres', 'cuatro', 'cinco'];

/** The hand-in's part of the Spanish catalogue. */
export const esHandIn = {
  handIn: {
    open: 'Preparar la entrega',
    title: (titles: readonly string[]) =>
      titles.length === 1
        ? `Entrega · ${titles[0]}`
        : titles.length === 0
          ? 'Entrega'
          : `Entrega · ${titles.length} actividades`,
    activities: 'Qué entregas',
    together: (count: number) => `Entregar las ${small[count] ?? count} juntas`,
    chooseOne: 'Marca al menos una actividad.',
    loading: 'Comprobando lo que tienes…',
    lead: 'La entrega lleva los cuadernos con sus salidas, tus evidencias, lo que contestaste en la guía y un registro de lo que has ejecutado.',
    notebooks: 'Cuadernos',
    noNotebook: 'Todavía no lo has abierto',
    notRun: 'No has ejecutado ninguna celda',
    ready: 'Con salidas',
    takes: 'Se entrega',
    fileOf: (title: string) => `Fichero que se entrega de ${title}`,
    savedAt: (path: string, iso: string) => `${path} · guardado el ${format.date(iso)}`,
    changes: 'Código cambiado',
    changesHint:
      'Si lo has cambiado a propósito, puedes entregar igualmente: tu profesor verá este aviso. Si no, ejecútalo todo de nuevo y repite las capturas que ya no correspondan.',
    rerun: 'Reiniciar y ejecutar todo',
    running: (left: number) =>
      left === 0
        ? 'Reiniciando Python…'
        : `Ejecutando… ${left === 1 ? 'Queda 1 celda' : `Quedan ${format.number(left)} celdas`}`,
    stop: 'Detener',
    rerunComplete: 'Todas las celdas se han ejecutado.',
    rerunStopped: 'Quedan celdas sin ejecutar.',
    rerunFailed: (cell: string) =>
      `La celda ${cell} ha fallado y las siguientes no se han ejecutado. Corrígela en el cuaderno.`,
    evidence: 'Evidencias',
    there: 'Está',
    checks: 'Comprobaciones',
    checksPassed: (passed: number, total: number) => `${format.number(passed)} de ${format.number(total)}`,
    missing: 'Falta algo. Puedes entregar igualmente: tu profesor verá qué falta.',
    complete: 'No falta nada.',
    save: 'Guardar la entrega',
    saving: 'Guardando y comprobando…',
    savedTitle: 'Esto es lo que verá tu profesor',
    verified: 'Listo. El fichero se ha vuelto a abrir y todo coincide.',
    notVerified: 'El fichero no ha pasado la comprobación. No lo entregues todavía.',
    file: 'Fichero',
    folder: 'Carpeta',
    size: 'Tamaño',
    hash: 'SHA-256',
    copyHash: 'Copiar el SHA-256',
    copyFolder: 'Copiar la carpeta',
    contents: 'Contenido',
    receipt: 'El justificante está al lado, con el mismo nombre y la extensión .txt.',
    download: 'Descargar',
    student: (name: string, nia: string) => `${name} · NIA ${nia}`,
  },
};
