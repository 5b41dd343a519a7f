import { AxeBuilder } from '@axe-core/playwright';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 A and AA. */
export const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Found {
  id: string;
  targets: string[];
}

/**
 * Rule ids and targets of what axe finds on the page as it stands, its frames left out. axe is put into a document once:
 * pages that follow one another in it are looked at for a third of the price.
 */
export async function barriersOfDocument(page: Page, tags: readonly string[] = wcag): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const found = (await page.evaluate(`(async () => {
    // What the page measures once it is drawn, such as whether a table scrolls, it has measured by then.
    await document.fonts.ready;
    const drawn = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))));
    await Promise.race([drawn, new Promise((done) => setTimeout(done, 1_000))]);
    const { violations } = await axe.run(
      { exclude: ['iframe'] },
      { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'], reporter: 'no-passes', preload: false },
    );
    return violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target.join(' ')) }));
  })()`)) as Found[];
  return found.map(({ id, targets }) => `${id}: ${targets.join(', ')}`);
}

/** The same with what stands in the page's frames. */
export async function barriersOfWhole(page: Page, tags: readonly string[] = wcag): Promise<string[]> {
  if (page.frames().length === 1) return barriersOfDocument(page, tags);
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags([...tags])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
