import { formatsOf } from './format.ts';

const format = formatsOf('es-ES');
const cells = (n: number, one: string, many: string): string => (n === 1 ? one : many);

/** What the notebook says of protected cells and of repairing them; part of the Spanish catalogue. */
export const esProtection = {
  protection: {
    marks: { locked: 'Protegida', kept: 'No se borra' },
    details: {
      locked: 'Es parte del enunciado: se lee y se ejecuta, pero no se cambia ni se borra.',
      kept: 'Escribe en ella lo que quieras. No se borra, no se divide y no cambia de tipo.',
    },
    refused: {
      edit: () => 'Esta celda es del enunciado y está protegida. Para tus notas, añade una celda con B.',
      remove: (n: number) =>
        cells(n, 'Hay una celda protegida: no se borra.', `Hay ${n} celdas protegidas: no se borran.`),
      split: () => 'Esta celda está protegida y no se divide. Puedes añadir otra debajo con B.',
      merge: () => 'Una celda protegida no se une con otras. Puedes copiar su texto.',
      retype: (n: number) =>
        cells(n, 'Una celda protegida no cambia de tipo.', `Las ${n} celdas protegidas no cambian de tipo.`),
    },
    restoreOne: 'Restaurar esta celda…',
    repairAll: 'Reparar celdas…',
    repairTitle: 'Celdas que no están como se repartieron',
    repairIntro:
      'Marca las que quieras restaurar. Lo demás, y todas las celdas que has añadido, se queda como está. Con Z vuelve lo que había.',
    restoreTitle: 'Restaurar esta celda',
    restoreIntro: 'La celda vuelve a ser la que se repartió. Con Z vuelve lo que había.',
    missing: 'Falta',
    changed: 'Ha cambiado',
    retyped: 'Ha cambiado de tipo',
    mine: 'tuyo',
    original: 'original',
    differences: (name: string) => `Diferencias de ${name}`,
    sameText: 'El texto es el mismo.',
    restore: (n: number) => (n === 0 ? 'Restaurar' : `Restaurar ${cells(n, '1 celda', `${format.number(n)} celdas`)}`),
    restored: (n: number) => cells(n, 'Celda restaurada.', `${format.number(n)} celdas restauradas.`),
    isYours: 'Esta celda la has añadido tú: no hay nada que restaurar.',
    isOriginal: 'Esta celda está como se repartió.',
    allOriginal: 'Todas las celdas están como se repartieron.',
    altered: (n: number) =>
      cells(
        n,
        'Una celda del enunciado no está como se repartió.',
        `${format.number(n)} celdas del enunciado no están como se repartieron.`,
      ),
    alteredDetail:
      'Puede que otro programa haya cambiado el fichero, o que esta versión de Marea traiga un enunciado más nuevo.',
    look: 'Ver y reparar…',
  },
};
