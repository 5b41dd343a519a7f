import { defineRoute, type Route } from '../../http/index.ts';
import { refuse } from '../../kernel/index.ts';
import { checkedAddress } from './fetch-bundle.ts';
import { isAdministrator, type RosterActor } from './roster-actor.ts';
import { headerPlace, type FetchDeps } from './roster-fetches.ts';
import { findSchedule, removeSchedule, saveSchedule } from './roster-schedule-store.ts';
import * as schemas from './roster-schemas.ts';

const route = defineRoute<RosterActor>();
const path = '/api/municipality/roster-schedule';

/** From where the roster is fetched each day. */
export function scheduleRoutes({
  database,
  clock,
  places,
  vault,
}: Pick<FetchDeps, 'database' | 'clock' | 'places' | 'vault'>): Route<RosterActor>[] {
  return [
    route({
      method: 'GET',
      path,
      summary: 'From where and when the roster is fetched; without the secret',
      access: isAdministrator,
      responses: { 200: schemas.ScheduleOut },
      handle: async ({ actor: { municipality } }) => {
        const found = await database.inTenant(municipality.id, (tx) => findSchedule(tx, municipality.id));
        if (!found) return { body: { schedule: null } };
        const { url, hour, header, nextAt, lastAt, lastOutcome } = found;
        const times = { nextAt: nextAt.toISOString(), lastAt: lastAt?.toISOString() ?? null };
        return { body: { schedule: { url, hour, header: header?.name ?? null, ...times, lastOutcome } } };
      },
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Have the roster fetched once a day',
      access: isAdministrator,
      freshSignIn: true,
      body: schemas.ScheduleBody,
      responses: {},
      errors: ['invalid', 'unavailable'],
      handle: async ({ actor: { municipality, person }, body: { url, hour, header } }) => {
        if (!URL.canParse(url)) refuse('invalid', 'The address is none.');
        await checkedAddress(places, new URL(url));
        const place = headerPlace(municipality.id);
        const sealed = header && { name: header.name, value: vault.seal(place, header.value) };
        await database.inTenant(municipality.id, (tx) =>
          saveSchedule(tx, municipality.id, { url, hour, header: sealed, by: person, now: clock.now() }),
        );
        return {};
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Stop fetching the roster',
      access: isAdministrator,
      responses: {},
      handle: async ({ actor: { municipality } }) => {
        await database.inTenant(municipality.id, (tx) => removeSchedule(tx, municipality.id));
        return {};
      },
    }),
  ];
}
