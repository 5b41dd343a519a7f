import type { Bundle } from '../bundle/index.ts';
import { checkCapabilities } from './capabilities.ts';
import type { CheckName, CheckResult, Finding } from './check-result.ts';
import { checkEngines } from './engines.ts';
import { checkInvisibleText } from './invisible-text.ts';
import { checkLanguages } from './languages.ts';
import { checkLicence } from './licence.ts';
import { checkManifest } from './manifest.ts';
import { checkPlainText } from './plain-text.ts';
import { checkSecrets } from './secrets.ts';
import { checkSize } from './size.ts';
import { checkStarts, type StartInSandbox } from './starts.ts';
import { checkSurfaces } from './surfaces.ts';

export interface CheckOptions {
  /** Version of the platform, to which the manifest's range is compared. */
  platform: string;
  startInSandbox: StartInSandbox;
}

/** At most so many findings of one check are reported: more help nobody. */
const findingLimit = 30;

/** The automatic checks, the same for an author at home and for the registry. */
export async function runChecks(bundle: Bundle, { platform, startInSandbox }: CheckOptions): Promise<CheckResult[]> {
  const manifest = checkManifest(bundle);
  // the other checks read the manifest, so it must hold first
  if (manifest.length > 0) return resultsOf('manifest', manifest);
  return [
    ...resultsOf('manifest', manifest),
    ...resultsOf('plain-text', checkPlainText(bundle)),
    ...resultsOf('size', checkSize(bundle)),
    ...resultsOf('languages', checkLanguages(bundle)),
    ...resultsOf('licence', checkLicence(bundle)),
    ...resultsOf('engines', checkEngines(bundle, platform)),
    ...resultsOf('surfaces', checkSurfaces(bundle)),
    ...resultsOf('capabilities', checkCapabilities(bundle)),
    ...resultsOf('secrets', checkSecrets(bundle)),
    ...resultsOf('invisible-text', checkInvisibleText(bundle)),
    ...resultsOf('starts', await checkStarts(bundle, startInSandbox)),
  ];
}

/** Whether nothing keeps the version from a human's review. */
export function passes(results: readonly CheckResult[]): boolean {
  return results.every(({ ok, severity }) => ok || severity !== 'error');
}

function resultsOf(check: CheckName, findings: readonly Finding[]): CheckResult[] {
  if (findings.length === 0) return [{ check, ok: true, severity: 'error', message: 'Nothing found.' }];
  return findings.slice(0, findingLimit).map((finding) => ({ check, ok: false, ...finding }));
}
