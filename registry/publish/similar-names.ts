import type { Tx } from '@digione/core/db';
import { otherPlugins } from './release-store.ts';

/** Letters and digits that look alike in small type; ids are ASCII, so the short list of UTS 39 suffices. */
const lookalikes: readonly (readonly [RegExp, string])[] = [
  [/0/g, 'o'],
  [/[1i]/g, 'l'],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/5/g, 's'],
  [/-/g, ''],
];

/** Other plugins whose id could be taken for this one: a human decides, nobody is refused silently. */
export async function similarNames(tx: Tx, plugin: string): Promise<string[]> {
  const others = await otherPlugins(tx, plugin);
  const [vendor] = plugin.split('/');
  return others.filter((id) => id.split('/')[0] !== vendor && looksLike(id, plugin)).slice(0, 20);
}

export function looksLike(one: string, other: string): boolean {
  const nameOf = (id: string) => skeleton(id.split('/')[1]!);
  return (
    skeleton(one) === skeleton(other) ||
    nameOf(one) === nameOf(other) ||
    isOneEditAway(one, other) ||
    isOneEditAway(nameOf(one), nameOf(other))
  );
}

function skeleton(name: string): string {
  return lookalikes.reduce((text, [shape, plain]) => text.replace(shape, plain), name);
}

/** Edit distance of at most one. */
function isOneEditAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = short.length === long.length ? short.slice(at + 1) : short.slice(at);
  return rest === long.slice(at + 1);
}
