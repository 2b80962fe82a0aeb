import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults } from './page-checks.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 60_000 };
const login = (id: number, time: string) => JSON.stringify({ login_id: String(id), login_time: time });

describeWith('chromium', 'Caso 8 in the window: Kafka joined with MariaDB, saved with foreachBatch', (program) => {
  let window: UnitWindow;
  beforeAll(async () => {
    window = await UnitWindow.open(program, 'Caso 8 · Kafka y MariaDB');
    await window.useEmbedded('Kafka', 'MariaDB');
  }, 60_000);
  afterAll(() => window?.close());

  const produce = async (...values: readonly string[]): Promise<void> => {
    await window.show('Kafka');
    await window.tray.getByRole('button', { name: /^usuariosk / }).click();
    await window.tray.getByLabel('Mensaje para usuariosk').fill(values.join('\n'));
    await window.tray.getByRole('button', { name: 'Enviar', exact: true }).click();
  };
  const sql = async (script: string): Promise<void> => {
    await window.show('MariaDB');
    await window.tray.getByLabel('Consulta SQL').fill(script);
    await window.tray.getByRole('button', { name: 'Ejecutar', exact: true }).click();
  };

  test('the seeded table is read by JDBC', options, async () => {
    for (const id of ['caso8-sesion', 'caso8-lectura', 'caso8-estatica', 'caso8-join']) await window.run(id);
    await expect.poll(() => window.cell('caso8-estatica').innerText(), patience).toContain('Pedro Casas');
  });

  test('a login produced in the Kafka panel comes out joined; one without user does not', options, async () => {
    await window.run('caso8-consola');
    await produce(login(2, '2022-05-19 12:15:00'), login(5, '2022-05-20 12:15:00'));
    await window.minutes(1);
    await expect.poll(() => window.console(), patience).toContain('2022-05-19 12:15:00');
    expect(await window.console()).not.toContain('2022-05-20 12:15:00');
    await window.look('caso-8-joined');
  });

  test('a user changed by SQL between batches is joined as he is now', options, async () => {
    await sql("UPDATE spark.usuarios SET nombre = 'Otro Nombre' WHERE id = 2;");
    await window.tray.getByText(/Changed: 1/).waitFor();
    await produce(login(2, '2022-05-21 12:15:00'));
    await window.minutes(1);
    await expect.poll(() => window.console(), patience).toMatch(/Otro Nombre *\|2022-05-21 12:15:00/);
  });

  test('foreachBatch writes the rows, and the SQL console shows which batch wrote them', options, async () => {
    for (const id of ['caso8-nuevos', 'caso8-guardar']) await window.run(id);
    await window.minutes(1);
    await window.show('MariaDB');
    await window.tray.getByRole('button', { name: 'spark.usuariosNuevos' }).click();
    await window.tray.getByRole('cell', { name: '2022-05-21 12:15:00' }).waitFor();
    await produce(login(1, '2022-05-22 12:15:00'));
    await window.show('MariaDB');
    const written = window.tray.getByRole('row').filter({ hasText: '2022-05-22 12:15:00' });
    // Batch 0 is named too when its end was heard after the table was seen.
    await written.getByText(/^celda \[\d+\], (lote 1|lotes 0 a 1)$/).waitFor();
    expect(await window.tray.getByRole('cell', { name: /, lotes? / }).count()).toBe(1);
    await window.look('caso-8-written');
    expect(await seriousFaults(window.page)).toEqual([]);
  });

  test('a script that fails names the statement, and what comes after it is not run', options, async () => {
    await sql('SELECT 1;\nSELECT * FROM spark.nada;\nSELECT 2;');
    await expect.poll(() => window.tray.innerText(), patience).toContain('Falla la sentencia de la línea 2');
    expect(await window.tray.innerText()).toContain("Table 'spark.nada' doesn't exist");
  });

  test('starting from nothing clears topic and tables', options, async () => {
    await window.page.getByRole('button', { name: 'Empezar de cero' }).first().click();
    await window.page
      .getByRole('dialog')
      .getByRole('button', { name: /Empezar de cero|Borrar/ })
      .click();
    await window.page.getByRole('dialog').waitFor({ state: 'detached' });
    await sql('SELECT nombre FROM spark.usuarios WHERE id = 2; SHOW TABLES IN spark;');
    await window.tray.getByRole('cell', { name: 'Pedro Casas' }).waitFor();
    await window.tray.getByRole('cell', { name: 'usuarios', exact: true }).waitFor();
    expect(await window.tray.getByRole('cell', { name: 'usuariosNuevos' }).count()).toBe(0);
  });

  test('the window had nothing to complain about', () => {
    expect(window.complaints).toEqual([]);
  });
});
