import type { Action } from '@digione/sdk/views';
import { createContext, useContext } from 'react';

export interface Surface {
  /** Does what a view asks for; `more` is added to a call's argument. Answers whether it was done. */
  act(action: Action, more?: Record<string, unknown>): Promise<boolean>;
  busy: boolean;
  /** Where the bundle's files are served from, when the core tells. */
  assets: string | undefined;
  /** Level of a heading that the tree calls 1. */
  headingLevel: number;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('A view was drawn outside of a surface');
  return surface;
}
