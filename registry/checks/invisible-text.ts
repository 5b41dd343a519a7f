import type { Bundle } from '../bundle/index.ts';
import { error, warning, type Finding } from './check-result.ts';
import { lineOf, textFiles } from './text-files.ts';

/** Turn the reading order, so that code reads otherwise than it runs (CVE-2021-42574). */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Can't be seen: zero width, tags, variation selectors beyond emoji, Hangul fillers. */
const hidden = /[\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\uffa0\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/u;

/** What a reviewer can't see must not be there. */
export function checkInvisibleText(bundle: Bundle): Finding[] {
  return textFiles(bundle).flatMap(({ path, text }) => {
    const turned = turning.exec(text);
    const unseen = hidden.exec(text);
    return [
      ...(turned
        ? [
            error(
              `${nameOf(turned)} changes the reading order. Write it as an escape.`,
              lineOf(path, text, turned.index),
            ),
          ]
        : []),
      ...(unseen
        ? [warning(`${nameOf(unseen)} can't be seen. Write it as an escape.`, lineOf(path, text, unseen.index))]
        : []),
    ];
  });
}

function nameOf([character]: RegExpExecArray): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
