import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What keeps somebody out of this page, by the rules of axe: its serious and critical findings. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await settled(page);
  await page.evaluate(axeScript);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id: `${id}: ${nodes[0]?.html}`, impact }));
  });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id);
}

/** Resolves when no colour or position is on its way any more; what turns for ever is not waited for. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    `Promise.allSettled(
      document.getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime < 1e6)
        .map((animation) => animation.finished),
    ).then(() => undefined)`,
  );
}
