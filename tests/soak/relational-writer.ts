import { systemClock } from '../../engine/core/clock.ts';
import { courseLogin } from '../../main/host/host-services.ts';
import { RelationalStore } from '../../main/services/relational/relational-store.ts';

// Inserts and updates in the store of its folder until it is killed. Prints how many milliseconds the start took, then each id that was acknowledged.
const folder = process.argv[2] ?? '';
const began = performance.now();
const store = await RelationalStore.open({ folder, clock: systemClock });
const client = await store.connect({ ...courseLogin, database: 'spark' });
console.log(performance.now() - began);
await client.query('CREATE TABLE IF NOT EXISTS k (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20))');
for (;;) {
  const inserted = await client.query("INSERT INTO k (v) VALUES ('nuevo')");
  if (inserted.kind === 'rows') throw new Error('an INSERT answers no rows');
  await client.query("UPDATE k SET v = 'cambiado' WHERE id = ?", [inserted.insertId]);
  console.log(String(inserted.insertId));
}
