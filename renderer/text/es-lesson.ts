import { formatsOf } from './format.ts';

const format = formatsOf('es-ES');
const count = (n: number, one: string, many: string): string => `${format.number(n)} ${n === 1 ? one : many}`;
const points = (n: number): string => `${format.number(n, 2)} ${n === 1 ? 'punto' : 'puntos'}`;

/** The guide's part of the Spanish catalogue, and the graded activities. */
export const esLesson = {
  lesson: {
    empty: 'Este cuaderno no pertenece a ninguna actividad: no tiene guía.',
    failed: 'No se ha podido abrir la actividad.',
    steps: 'Pasos',
    stepDone: (n: number) => `Paso ${n}, hecho`,
    stepNow: (n: number) => `Paso ${n}, el siguiente`,
    stepLater: (n: number) => `Paso ${n}, pendiente`,
    check: 'Comprobar',
    checking: 'Comprobando…',
    checked: (done: number, total: number) => `${done} de ${total} pasos hechos.`,
    checkFailed: 'No se ha podido comprobar. Inténtalo otra vez.',
    allDone: 'Actividad completa.',
    hint: 'Pista',
    errata: 'Erratas del enunciado',
    errataPrinted: 'La página pone',
    errataHappens: 'Spark hace',
    errataFix: 'Cómo se arregla',
    commands: 'Las órdenes del curso, aquí',
    commandsIntro: 'Lo que en el curso se escribe en una terminal.',
    openPanel: (name: string) => `Abrir ${name}`,
    panelOpened: (name: string) => `La pestaña ${name} está abierta en la bandeja.`,
    copyCommand: (command: string) => `Copiar la orden ${command}`,
  },
  questions: {
    title: 'Preguntas',
    intro: 'Contesta antes de ver la respuesta. Equivocarse no resta.',
    several: 'Puede haber más de una respuesta.',
    answer: 'Responder',
    answering: 'Guardando…',
    failed: 'No se ha podido guardar tu respuesta. Inténtalo otra vez.',
    right: 'Sí, esa era.',
    wrong: 'No era esa. Mira por qué:',
    rightOption: 'respuesta correcta',
    chosenOption: 'la tuya',
    answeredAt: (iso: string) => `Respondida el ${format.date(iso)}`,
  },
  calculator: {
    title: 'Calculadora de ventanas',
    intro: 'En qué ventanas cae un instante.',
    size: 'Tamaño',
    slide: 'Desplazamiento',
    offset: 'Inicio (startTime)',
    instant: 'Instante',
    lanes: (instant: string) => `Ventanas alrededor de ${instant}`,
    result: (instant: string, n: number) => `${instant} cae en ${count(n, 'ventana', 'ventanas')}.`,
    arithmetic: 'Las cuentas',
    latest: (instant: string, slide: string, start: string) =>
      `Las ventanas empiezan cada ${slide}. La última que ha empezado a las ${instant} es la de las ${start}.`,
    earlier: (slide: string) =>
      `Las anteriores empezaron ${slide} antes cada una. Cuentan las que aún no han terminado.`,
    always: (size: string, slide: string, n: number) =>
      `${size} ÷ ${slide} = ${format.number(n)}: siempre ${count(n, 'ventana', 'ventanas')}.`,
    varies: (low: number, percent: number) =>
      percent === 50
        ? `${format.number(low)} o ${format.number(low + 1)} ventanas, mitad y mitad del tiempo.`
        : `${format.number(low)} o ${format.number(low + 1)} ventanas: ${format.number(low + 1)} el ${format.number(percent)} % del tiempo.`,
    start: 'Empieza',
    end: 'Termina',
    contains: '¿Lo contiene?',
    yes: 'sí',
    ended: 'no, ya terminó',
    later: 'no ha empezado',
    endExcluded: 'El inicio entra en la ventana; el fin, no.',
    capped: (shown: number, total: number) =>
      `Se muestran ${format.number(shown)} de ${count(total, 'ventana', 'ventanas')}.`,
    problems: {
      span: (text: string) =>
        `Spark no entiende «${text}». Escribe una cantidad y una unidad en inglés: 3 minutes, 30 seconds.`,
      months: 'Una ventana no puede medirse en meses ni en años: no duran siempre lo mismo.',
      notPositive: 'El tamaño y el desplazamiento tienen que ser mayores que cero.',
      slideTooLong: 'Spark no admite un desplazamiento mayor que el tamaño: habría instantes sin ventana.',
      offsetTooLong: 'El inicio tiene que ser menor que el desplazamiento.',
      instant: (text: string) =>
        `${text === '' ? 'Falta el instante.' : `«${text}» no es una hora.`} Escríbelo así: 11:45:50 o 2024-01-10 11:45:50.`,
    },
  },
  graded: {
    title: 'Actividades evaluables',
    navigation: 'Evaluables',
    subtitle: (total: number) => `Las que puntúan en el curso: ${points(total)} en total.`,
    none: 'Esta instalación no trae actividades evaluables.',
    points,
    criteria: 'Qué se valora',
    evidence: 'Qué hay que entregar',
    outcome: (outcome: string, criterion: string) => `${outcome} · ${criterion}`,
    units: 'Se hace en',
    missing: (n: number) => (n === 1 ? 'Falta 1 comprobación' : `Faltan ${format.number(n)} comprobaciones`),
    complete: 'Todo comprobado',
    inGuide: 'Puntúa',
  },
};
