import { type Static, Type } from 'typebox';
import { languages, pluginIdPattern, roles } from '../manifest/index.ts';
import { isoDate, pairwiseId, strict } from './parts.ts';

/**
 * What the host puts into the global `digione.context` before it calls a handler: plain frozen JSON. It holds no name and
 * nothing that another plugin could recognize.
 */
export const GuestContext = Type.Object(
  {
    plugin: Type.Object(
      { id: Type.String({ pattern: pluginIdPattern }), version: Type.String({ maxLength: 64 }) },
      strict,
    ),
    user: Type.Object({ id: pairwiseId, role: Type.Enum([...roles]), language: Type.Enum([...languages]) }, strict),
    school: Type.Object({ id: pairwiseId, name: Type.String({ maxLength: 200 }) }, strict),
    today: isoDate,
  },
  strict,
);
/** What the host tells the backend about the situation in which it is called. */
export type GuestContext = Static<typeof GuestContext>;
