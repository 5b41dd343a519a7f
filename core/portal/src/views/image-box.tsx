import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

const inBundle = /^ui\/[a-z0-9][a-z0-9/_-]{0,80}\.(?:png|jpg|webp|svg)$/;

/** A picture from the bundle; its words alone while the core does not tell where the bundle's files are. */
export function ImageBox({ view: { src, alt } }: { view: ViewOf<'image'> }) {
  const { assets } = useSurface();
  if (assets && inBundle.test(src)) return <img className="view-image" src={`${assets}/${src}`} alt={alt} />;
  return alt ? <p className="quiet">{alt}</p> : null;
}
