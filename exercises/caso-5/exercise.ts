import type { CheckContext } from '../check-context.ts';
import { answerWords, dataBatches, queriesWith, slides } from '../common-checks.ts';
import { defineExercise, type Check } from '../define-exercise.ts';

const counted = ['window', 'palabra', 'count'];

/** A query counted words in windows of this size and slide, minutes, over at least two batches. */
const countsBy = (context: CheckContext, size: number, slide: number): boolean =>
  queriesWith(context, counted).some(
    (query) => query.rows !== null && dataBatches(query) >= 2 && slides(query.rows, size, slide),
  );

const schemaRead: Check = {
  id: 'esquema',
  title: 'El socket se lee con la hora de llegada',
  judge: ({ cells }) => {
    const printed = cells
      .filter((cell) => cell.hasRun && cell.source.includes('readStream'))
      .map((cell) => cell.printed)
      .join('\n');
    return ['value', 'timestamp'].every((name) => printed.includes(`-- ${name}:`))
      ? null
      : 'Ejecuta la celda que lee del socket con includeTimestamp y muestra su esquema.';
  },
};

const fixedWindow: Check = {
  id: 'fija',
  title: 'Palabras contadas en ventanas fijas de dos minutos',
  judge: (context) =>
    countsBy(context, 2, 2)
      ? null
      : 'Con la consulta de la ventana fija en marcha, envía frases hasta que haya al menos dos lotes y dos ventanas.',
};

const slidingWindow: Check = {
  id: 'deslizante',
  title: 'Palabras contadas en ventanas de dos minutos que se deslizan uno',
  judge: (context) =>
    countsBy(context, 2, 1)
      ? null
      : 'Arranca la consulta deslizante y envía frases: cada palabra debe caer en dos ventanas.',
};

const asked: Check = {
  id: 'autoevaluacion',
  title: 'La autoevaluación está contestada',
  judge: (context) =>
    context.hasAnswered('primer-mensaje') ? null : 'Contesta la pregunta de la guía antes de mirar la respuesta.',
};

const threeMinutes: Check = {
  id: 'tres',
  title: 'Ventanas fijas de tres minutos',
  judge: (context) =>
    countsBy(context, 3, 3)
      ? null
      : 'Escribe la consulta con la ventana fija de tres minutos y envía frases hasta ver dos ventanas.',
};

const threeByTwo: Check = {
  id: 'tres-dos',
  title: 'Ventanas de tres minutos que se deslizan dos',
  judge: (context) =>
    countsBy(context, 3, 2)
      ? null
      : 'Escribe la consulta de tres minutos con deslizamiento de dos y envía frases hasta ver dos lotes y dos ventanas.',
};

const explained: Check = {
  id: 'explicacion',
  title: 'Tu justificación del número de ventanas',
  isOfText: true,
  judge: (context) => {
    const words = answerWords(context, 'caso5-respuesta');
    return words >= 15 ? null : `Justifica con tus palabras cuántas ventanas salen (llevas ${words} palabras de 15).`;
  },
};

/** Caso 5: un servidor de líneas, palabras contadas en ventanas fijas y deslizantes. */
export const caso5 = defineExercise({
  id: 'caso-5',
  title: 'Caso 5 · Ventanas',
  summary: 'Cuenta las palabras que llegan por un socket en ventanas fijas y deslizantes.',
  minutes: 45,
  tags: ['socket', 'ventanas', 'deslizante'],
  intro:
    'Un programa envía frases por un puerto y tú cuentas cada palabra **por ventanas de tiempo**. La hora que cuenta es la de llegada, que añade Spark. Con el reloj de arriba no hace falta esperar: `+1 min` adelanta a la vez a Spark y a Python.',
  steps: [
    {
      id: 'leer',
      title: 'Abre el puerto y lee de él',
      body: 'En la pestaña **netcat**, abre el puerto 9999. Ejecuta las tres primeras celdas: la sesión, la lectura y las palabras. El esquema tiene dos columnas, la línea y la hora a la que llegó.',
      checks: ['esquema'],
    },
    {
      id: 'fija',
      title: 'Ventana fija de dos minutos',
      body: 'Arranca la consulta y envía `Hola Mundo` y `Hola desde el Severo`. Adelanta el reloj dos minutos y envía `Severo Ochoa y el Mundo`: la última frase estrena ventana y sus palabras se cuentan desde cero.',
      hint: 'Las ventanas no empiezan con tu primer mensaje, sino en los minutos pares: una ventana de dos minutos va de 17:32 a 17:34.',
      checks: ['fija'],
    },
    {
      id: 'deslizante',
      title: 'Ventana deslizante',
      body: 'Con un deslizamiento de un minuto, cada palabra cae en dos ventanas a la vez: la que empezó el minuto anterior y la que empieza en este. Vuelve a enviar las frases y compáralo.',
      checks: ['deslizante'],
    },
    {
      id: 'pregunta',
      title: 'Autoevaluación',
      body: 'Contesta la pregunta de abajo antes de mirar la respuesta. Después puedes comprobarla con la **calculadora de ventanas**.',
      checks: ['autoevaluacion'],
    },
    {
      id: 'tres-minutos',
      title: 'Actividad 1: tres minutos',
      body: 'Escribe la consulta con una ventana **fija** de tres minutos y envía frases en dos ventanas distintas. Captura la salida.',
      checks: ['tres'],
    },
    {
      id: 'tres-dos',
      title: 'Actividad 1: tres minutos que se deslizan dos',
      body: 'Ahora, la misma ventana con un deslizamiento de dos minutos: necesitas al menos dos lotes y dos ventanas.',
      hint: 'Como 2 no divide a 3, unas horas caen en una ventana y otras en dos. Pruébalo en la calculadora con 11:44:30 y 11:45:50.',
      checks: ['tres-dos'],
    },
    {
      id: 'justifica',
      title: 'Justifica la cantidad de ventanas',
      body: 'En la última celda de texto, explica **con tus palabras** cuántas ventanas aparecen y por qué. Nadie lo corrige aquí: lo leerá tu profesor.',
      checks: ['explicacion'],
    },
  ],
  errata: [
    {
      id: 'words-df',
      title: '`words_df` no existe',
      printed: '`window(words_df.timestamp, "2 minutes", "1 minute")`',
      happens: "Python da `NameError: name 'words_df' is not defined`.",
      fix: 'Es el mismo DataFrame de antes: `dfPalabras`.',
    },
    {
      id: 'lote-cero',
      title: 'El primer lote con datos es el 1',
      printed: '`Batch: 1` con la primera frase.',
      happens: 'Al leer de un socket, Spark ejecuta antes un lote 0 vacío.',
      fix: 'No falta nada: el lote 0 sale sin filas.',
    },
    {
      id: 'orden-de-palabras',
      title: 'El orden dentro de una ventana',
      printed: 'Las palabras de cada ventana, en un orden concreto.',
      happens:
        '`orderBy("window")` solo ordena las ventanas: entre las palabras de una misma, Spark no promete ninguno.',
      fix: 'Para ordenarlas también, `.orderBy("window", "palabra")`.',
    },
  ],
  charts: [
    {
      id: 'palabras',
      title: 'Palabras por ventana',
      kind: 'bars',
      needs: ['window.start', 'palabra', 'count'],
      from: 'query',
      x: { column: 'window.start', label: 'Inicio', end: 'window.end', endLabel: 'Fin' },
      series: [{ column: 'count', label: 'Veces' }],
      split: { column: 'palabra', most: 3, rest: 'otras palabras' },
      empty: 'Aún no hay palabras. Abre el puerto 9999 en netcat y envía una frase.',
    },
  ],
  inputs: [
    {
      name: 'frases.txt',
      folder: 'entrada',
      description: 'Las frases de la página, para pegarlas en netcat',
      atStart: false,
    },
  ],
  dropFolder: 'entrada',
  folders: { input: ['entrada'], output: [], checkpoint: [] },
  questions: [
    {
      id: 'primer-mensaje',
      text: 'Con una ventana de **tres minutos** y un deslizamiento de **un minuto**, el primer mensaje llega a las **11:45:50**. ¿Qué ventanas se crean?',
      options: [
        { id: 'una', text: 'Una: de 11:45 a 11:48' },
        { id: 'dos', text: 'Dos: de 11:44 a 11:47 y de 11:45 a 11:48' },
        { id: 'tres', text: 'Tres: de 11:43 a 11:46, de 11:44 a 11:47 y de 11:45 a 11:48' },
        { id: 'desde-el-mensaje', text: 'Tres, que empiezan a las 11:45:50, 11:46:50 y 11:47:50' },
      ],
      right: ['tres'],
      explanation:
        'Cada minuto empieza una ventana que dura tres, así que todo instante está en tres: las que empezaron a las 11:43, a las 11:44 y a las 11:45. La primera termina diez segundos después del mensaje.',
    },
  ],
  calculator: { size: '3 minutes', slide: '1 minute', instant: '11:45:50' },
  commands: [
    {
      command: 'nc -lk 9999',
      body: 'La pestaña **netcat** escucha en el puerto que le digas y envía lo que escribas. También puedes usar el `nc` de tu sistema: si ya escucha en el 9999, Spark se conecta a él.',
      panel: 'lines',
    },
  ],
  checks: [schemaRead, fixedWindow, slidingWindow, asked, threeMinutes, threeByTwo, explained],
});
