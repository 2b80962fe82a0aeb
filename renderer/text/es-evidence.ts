import { formatsOf } from './format.ts';

const format = formatsOf('es-ES');
const moment = new Intl.DateTimeFormat('es-ES', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const count = (n: number, one: string, many: string): string => `${format.number(n)} ${n === 1 ? one : many}`;

/** Captures of evidence: the button, the picture, the list. */
export const esEvidence = {
  capture: {
    button: 'Capturar',
    block: (name: string) => `Capturar este bloque de ${name}`,
    output: 'Capturar esta salida',
    result: (line: number) => `Capturar el resultado de la línea ${format.number(line)}`,
    messages: (topic: string) => `Capturar los mensajes de ${topic}`,
    documents: (collection: string) => `Capturar los documentos de ${collection}`,
    nothing: 'Aquí no hay nada que capturar. Pon el foco en una celda con salida o en la consola de Spark.',
    kept: (id: string) => `Captura ${id} guardada y copiada.`,
    keptOnly: (id: string) => `Captura ${id} guardada. El navegador no ha dejado copiarla al portapapeles.`,
    ticks: (evidence: string) => `Cumple «${evidence}».`,
    lacks: (evidence: string, message: string) => `Para «${evidence}»: ${message}`,
    ticksNothing: 'Todavía no cumple ninguna de las evidencias que se piden: mira «Evaluables».',
    failed: (reason: string) => `No se ha podido capturar: ${reason}`,
    noPicture: 'no se ha podido dibujar la imagen.',
  },
  picture: {
    activity: (id: string) => id.replace(/^actividad-(\d+)$/, 'Actividad $1'),
    evidence: (activity: string, number: string, evidence: string) => `${activity}, evidencia ${number}: ${evidence}`,
    other: (activity: string, number: string) => `${activity}, captura ${number}`,
    kinds: {
      console: 'Consola de Spark',
      output: 'Salida de una celda',
      table: 'Tabla',
      chart: 'Gráfica',
      kafka: 'Mensajes de Kafka',
      sql: 'Resultado de SQL',
      mongo: 'Resultado de MongoDB',
    },
    /** The name of the query; of a service's view, the topic or the collection. */
    source: (kind: string, name: string) =>
      kind === 'kafka' ? `topic ${name}` : kind === 'mongo' ? `colección ${name}` : `consulta ${name}`,
    batch: (n: number) => `lote ${n}`,
    footBatch: (n: number) => `Lote ${n}`,
    watermark: (iso: string) => `marca de agua ${moment.format(new Date(iso))}`,
    clock: (mode: 'real' | 'virtual', iso: string) =>
      `${mode === 'real' ? 'Reloj real' : 'Reloj virtual'} ${moment.format(new Date(iso))}`,
    moreRows: (n: number) => `… y ${count(n, 'fila más', 'filas más')}`,
    moreLines: (n: number) => `… y ${count(n, 'línea más', 'líneas más')}`,
    marea: (version: string, hash: string) => `Marea ${version} · ${hash}`,
  },
  student: {
    title: 'Tus capturas llevan tu nombre',
    intro: 'Sale al pie de cada captura. Solo se pregunta una vez, y puedes cambiarlo en «Evaluables».',
    name: 'Nombre y apellidos',
    nia: 'NIA',
    niaProblem: 'El NIA lleva letras y números, veinte como mucho.',
    nameProblem: 'Escribe tu nombre.',
    save: 'Guardar',
    saveAndCapture: 'Guardar y capturar',
    of: (name: string, nia: string) => `Capturas a nombre de ${name} · ${nia}`,
    change: 'Cambiar',
  },
  evidence: {
    tally: (done: number, total: number) => `· ${done} de ${total}`,
    ticked: 'Hecha',
    missing: 'Falta',
    others: 'Otras capturas',
    batch: (n: number) => `lote ${n}`,
    at: (iso: string) => moment.format(new Date(iso)),
    remove: (id: string) => `Quitar la captura ${id}`,
    removeTitle: 'Quitar la captura',
    removeIntro: (title: string) => `Se borran la imagen, los datos y el texto de «${title}». No se puede deshacer.`,
    removeConfirm: 'Quitar',
    removeFailed: 'No se ha podido quitar la captura.',
  },
};
