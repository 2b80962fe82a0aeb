import { formatsOf } from './format.ts';

const format = formatsOf('es-ES');

/** The hand-in's part of the Spanish catalogue. */
export const esHandIn = {
  handIn: {
    open: 'Preparar la entrega',
    title: (activity: string) => `Entrega · ${activity}`,
    loading: 'Comprobando lo que tienes…',
    lead: 'La entrega lleva los cuadernos con sus salidas, tus evidencias y un registro de lo que has ejecutado.',
    notebooks: 'Cuadernos',
    noNotebook: 'Todavía no lo has abierto',
    notRun: 'No has ejecutado ninguna celda',
    ready: 'Con salidas',
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
