import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

const home = fileURLToPath(new URL('../../node_modules/.digione', import.meta.url));

/** The Chromium of the npm package, without the network services of its own that would call out. */
export async function launchChromium(): Promise<Browser> {
  chromium.setGraphicsMode = false;
  return playwright.launch({
    executablePath: join(await unpacked(), 'chromium'),
    headless: true,
    args: [
      ...chromium.args.filter(
        (arg) => !/single-process|disable-web-security|allow-running-insecure|site-isolation|IsolateOrigins/i.test(arg),
      ),
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
  });
}

/**
 * The package unpacks itself into the system's folder of temporary files and takes any file of that name for the whole
 * program, also one that another test is still writing. So it unpacks into a folder of its own, which then gets its name.
 */
async function unpacked(): Promise<string> {
  const whole = join(home, 'chromium');
  if (existsSync(whole)) return whole;
  mkdirSync(home, { recursive: true });
  const unfinished = mkdtempSync(`${whole}-`);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = unfinished;
  try {
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  try {
    renameSync(unfinished, whole);
  } catch {
    // Another test was first; the two are the same.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return whole;
}
