import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { barriersOfWhole } from './barriers.ts';
import type { RunningPlatform } from './platform.ts';

export type Kind = 'mpassid' | 'suomifi' | 'staff';
export type PageLanguage = 'FI' | 'SV' | 'EN';

/** A person at a real browser. */
export interface Visitor extends AsyncDisposable {
  page: Page;
  context: BrowserContext;
  /** Faults of scripts and refused resources that the page has met. */
  faults: string[];
  speak(language: PageLanguage): Promise<void>;
  /** Keeps the page as docs/screenshots/<name>.jpg when DIGIONE_SCREENSHOTS=1. */
  picture(name: string): Promise<void>;
  /** Rule ids and targets of the WCAG 2.2 A and AA faults of the page as it stands. */
  barriers(): Promise<string[]>;
}

export interface VisitorOptions {
  browser: Browser;
  platform: RunningPlatform;
  phone?: boolean;
}

export async function visitor({ browser, platform, phone = false }: VisitorOptions): Promise<Visitor> {
  const viewport = phone ? { width: 390, height: 844 } : { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !['127.0.0.1', 'localhost'].includes(hostname))
      faults.push(`a request to ${hostname}`);
  });
  await page.goto(platform.core);
  return {
    page,
    context,
    faults,
    speak: (language) => speak(page, language),
    picture: (name) => picture(page, name),
    barriers: async () => barriersOf(page),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Signs in by the pages that a person sees. */
export async function visitorAs(
  options: VisitorOptions,
  { sub, municipality, kind }: { sub: string; municipality: string; kind: Kind },
): Promise<Visitor> {
  const guest = await visitor(options);
  const { page } = guest;
  await page.goto(
    `${options.platform.core}/auth/sign-in?municipality=${municipality}&provider=${kind}-${municipality}&returnTo=/`,
  );
  await page.locator(`button[value="${sub}"]`).click();
  await page.waitForURL(`${options.platform.core}/`);
  return guest;
}

async function speak(page: Page, language: PageLanguage): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${language} –`) }).click();
  await page.locator(`html[lang="${language.toLowerCase()}"]`).waitFor();
}

async function barriersOf(page: Page): Promise<string[]> {
  await page.locator('main h1').first().waitFor();
  return barriersOfWhole(page);
}

async function picture(page: Page, name: string): Promise<void> {
  if (process.env['DIGIONE_SCREENSHOTS'] !== '1') return;
  const path = fileURLToPath(new URL(`../../docs/screenshots/${name}.jpg`, import.meta.url));
  await page.screenshot({ path, type: 'jpeg', quality: 70 });
}
