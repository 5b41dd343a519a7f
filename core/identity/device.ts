/** What a person would call the device; families only, since anything finer would tell people apart. */
export interface Device {
  browser: 'chrome' | 'edge' | 'firefox' | 'safari' | 'other';
  system: 'android' | 'chromeos' | 'ios' | 'linux' | 'macos' | 'windows' | 'other';
}

// In this order: Edge calls itself Chrome as well, and everybody calls themselves Safari.
const browsers: readonly [RegExp, Device['browser']][] = [
  [/\bEdg(A|iOS)?\//, 'edge'],
  [/\b(Firefox|FxiOS)\//, 'firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'chrome'],
  [/\bVersion\/.*\bSafari\//, 'safari'],
];
const systems: readonly [RegExp, Device['system']][] = [
  [/\bWindows\b/, 'windows'],
  [/\bAndroid\b/, 'android'],
  [/\b(iPhone|iPad|iPod)\b/, 'ios'],
  [/\bCrOS\b/, 'chromeos'],
  [/\bMac OS X\b/, 'macos'],
  [/\bLinux\b/, 'linux'],
];
const longestRead = 500;

export function deviceOf(userAgent: string): Device {
  const text = userAgent.slice(0, longestRead);
  const find = <T>(known: readonly [RegExp, T][]) => known.find(([pattern]) => pattern.test(text))?.[1];
  return { browser: find(browsers) ?? 'other', system: find(systems) ?? 'other' };
}
