import type { Manifest, Role } from '@digione/sdk/manifest';
import type { Database } from '../db/index.ts';
import type { Id, Texts } from '../kernel/index.ts';

/** A plugin as the people of one school meet it in one role. */
export interface SchoolPlugin {
  plugin: string;
  version: string;
  name: Texts;
  description: Texts;
  tiles: { id: string; title: Texts }[];
  pages: { id: string; title: Texts }[];
  status: 'enabled' | 'stopped';
}

interface Row {
  plugin: string;
  version: string;
  status: 'enabled' | 'stopped' | 'disabled';
  killed: boolean | null;
  manifest: Manifest;
}

const text = `
  select e.plugin, e.version, e.status, r.revoked as killed, b.manifest
  from enablement e
  join bundle b on b.digest = e.digest
  left join release r on r.plugin = e.plugin and r.version = e.version
  where e.municipality_id = $1 and e.school_id = $2 and e.status <> 'disabled'
  order by e.plugin`;

export async function schoolPlugins(
  database: Database,
  { municipality, school, role }: { municipality: Id; school: Id; role: string },
): Promise<SchoolPlugin[]> {
  const query = { name: 'school-plugins', text, values: [municipality, school] };
  const rows = await database.inTenant(municipality, (tx) => tx.query<Row>(query), { readOnly: true });
  return rows
    .filter(({ manifest }) => manifest.audience.roles.includes(role as Role))
    .map((row) => describe(row, role));
}

function describe({ plugin, version, status, killed, manifest }: Row, role: string): SchoolPlugin {
  const { name, description, surfaces } = manifest;
  return {
    plugin,
    version,
    name,
    description,
    tiles: shownTo(role, surfaces.tiles),
    pages: shownTo(role, surfaces.pages),
    status: status === 'enabled' && killed !== true ? 'enabled' : 'stopped',
  };
}

function shownTo(
  role: string,
  surfaces: { id: string; title: Texts; roles: string[] }[],
): { id: string; title: Texts }[] {
  return surfaces.filter(({ roles }) => roles.includes(role)).map(({ id, title }) => ({ id, title }));
}
