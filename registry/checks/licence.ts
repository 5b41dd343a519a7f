import type { Bundle } from '../bundle/index.ts';
import { error, warning, type Finding } from './check-result.ts';

/** Licences of the SPDX list that plugins come with; others are added on request. */
const known = new Set([
  '0BSD',
  'AGPL-3.0-only',
  'AGPL-3.0-or-later',
  'Apache-2.0',
  'Artistic-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC0-1.0',
  'EPL-2.0',
  'EUPL-1.1',
  'EUPL-1.2',
  'GPL-2.0-only',
  'GPL-2.0-or-later',
  'GPL-3.0-only',
  'GPL-3.0-or-later',
  'ISC',
  'LGPL-2.1-only',
  'LGPL-2.1-or-later',
  'LGPL-3.0-only',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
const proprietary = /^LicenseRef-[A-Za-z0-9.-]{1,60}$/;

/** An SPDX expression (https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/) whose every licence is known. */
export function checkLicence({ manifest, files }: Bundle): Finding[] {
  const words = manifest.licence.replace(/[()]/g, ' ').trim().split(/\s+/);
  const licences = words.filter((word, index) => !isOperator(word) && words[index - 1] !== 'WITH');
  const unknown = licences.filter((licence) => !known.has(licence.replace(/\+$/, '')) && !proprietary.test(licence));
  return [
    ...(balanced(manifest.licence)
      ? []
      : [error('The parentheses of "licence" do not match.', 'digione.json#/licence')]),
    ...unknown.map((licence) =>
      error(
        `"${licence}" is no SPDX licence we know. A licence of your own is "LicenseRef-<name>".`,
        'digione.json#/licence',
      ),
    ),
    ...(files.has('LICENSE') ? [] : [warning('The bundle has no LICENSE file.', 'LICENSE')]),
  ];
}

function isOperator(word: string): boolean {
  return word === 'AND' || word === 'OR' || word === 'WITH';
}

function balanced(expression: string): boolean {
  let depth = 0;
  for (const character of expression) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
