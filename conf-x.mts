import { join } from 'node:path';
import { conformanceServices, runConformance } from '/work/main/tests/conformance/run-conformance.ts';
const { services, close } = await conformanceServices();
for (const f of process.argv.slice(2)) {
  const v = await runConformance(
    join('/work/shared/conformance/programs', f),
    { pythonFolder: '/work/main/dist/python' },
    services,
  );
  console.log(f, v.difference === null ? 'PASS' : 'DIFF', v.seconds.toFixed(1));
  if (v.difference) console.log(v.difference.slice(0, 3000), v.stderr.slice(0, 1500));
}
await close();
process.exit(0);
