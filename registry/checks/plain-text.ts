import type { Bundle } from '../bundle/index.ts';
import { error, type Finding } from './check-result.ts';
import { textsOf } from './texts-of.ts';

const markup = /<\/?[a-z!][^<>]{0,500}>|&#?[a-z0-9]{1,20};|!\[[^\]]{0,200}\]\(|javascript:|data:[a-z]+\//i;

/** Texts of the manifest are read in catalogues and agreements: words only, no markup, no pictures that phone home. */
export function checkPlainText({ manifest }: Bundle): Finding[] {
  return textsOf(manifest).flatMap(({ place, texts }) =>
    Object.entries(texts)
      .filter(([, text]) => markup.test(text))
      .map(([language]) => error('Texts are plain words: remove the markup.', `digione.json#${place}/${language}`)),
  );
}
