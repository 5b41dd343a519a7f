import { PassThrough } from 'node:stream';
import { defineRoute, type Route } from '../../http/index.ts';
import { exportBundle } from '../export/export-bundle.ts';
import { isAdministrator, type RosterActor } from './roster-actor.ts';
import type { RosterDeps } from './roster-order.ts';

/** The whole roster as the bundle that an import takes; it goes out as it is written. */
export function exportRoute({ database, clock, log, recordAct }: RosterDeps): Route<RosterActor> {
  return defineRoute<RosterActor>()({
    method: 'GET',
    path: '/api/municipality/roster-export',
    summary: 'Download the roster as a OneRoster 1.2 CSV bundle',
    access: isAdministrator,
    freshSignIn: true,
    responses: {},
    handle: async ({ actor: { municipality, person, role } }) => {
      await database.inTenant(municipality.id, (tx) =>
        recordAct(tx, { municipality: municipality.id, action: 'roster.export', actor: person, actorRole: role }),
      );
      const output = new PassThrough();
      exportBundle({ database, clock, municipality: municipality.id, output }).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'an export broke off');
        output.destroy(error instanceof Error ? error : undefined);
      });
      const name = `digione-roster-${clock.today()}.zip`;
      const headers = { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"` };
      return { stream: output, headers };
    },
  });
}
