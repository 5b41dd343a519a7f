import { defineRoute, type Route } from '../../http/index.ts';
import { refuse } from '../../kernel/index.ts';
import { listImports, importProblems } from '../import/import-runs-store.ts';
import { rosterAnswer, runAnswer } from './roster-answers.ts';
import { isAdministrator, type RosterActor } from './roster-actor.ts';
import { findRosterLoad, listRosterLoads } from './roster-loads-store.ts';
import * as schemas from './roster-schemas.ts';
import type { RosterDeps } from './roster-order.ts';
import type { Rosters } from './rosters.ts';

const route = defineRoute<RosterActor>();
const root = '/api/municipality/rosters';
const problemsPerPage = 50;

/** Rosters from a file to what was loaded: send, check, read what would change, load. */
export function rosterRoutes(deps: RosterDeps & { rosters: Rosters }): Route<RosterActor>[] {
  const { database, rosters } = deps;
  return [
    route({
      method: 'POST',
      path: root,
      summary: 'Send a OneRoster 1.2 CSV bundle (zip); it waits, and nothing changes yet',
      access: isAdministrator,
      bodyKind: 'raw',
      responses: { 201: schemas.ReceivedOut },
      errors: ['too-large', 'conflict', 'invalid'],
      handle: async ({ actor: { municipality, person, role }, ctx }) => {
        if (!ctx.is('application/zip', 'application/octet-stream'))
          refuse('invalid', 'Send the zip itself, with the header "content-type: application/zip".');
        const sender = { municipality: municipality.id, by: person, role };
        return { status: 201, body: { id: await rosters.receive(sender, 'upload', ctx.req) } };
      },
    }),
    route({
      method: 'GET',
      path: root,
      summary: 'Rosters that were sent or fetched, the newest first',
      access: isAdministrator,
      responses: { 200: schemas.RostersOut },
      handle: async ({ actor: { municipality }, language }) => {
        const loads = await database.inTenant(municipality.id, (tx) => listRosterLoads(tx, municipality.id));
        return { body: { items: loads.map((load) => rosterAnswer(load, language)) } };
      },
    }),
    route({
      method: 'GET',
      path: `${root}/:id`,
      summary: 'One roster: how far it is, and what would change or has changed, in words',
      access: isAdministrator,
      params: schemas.IdParams,
      responses: { 200: schemas.RosterOut },
      errors: ['not-found'],
      handle: async ({ actor: { municipality }, params: { id }, language }) => {
        const load = await database.inTenant(municipality.id, (tx) => findRosterLoad(tx, municipality.id, id));
        if (!load) refuse('not-found', 'There is no such roster.');
        return { body: rosterAnswer(load, language) };
      },
    }),
    route({
      method: 'POST',
      path: `${root}/:id/check`,
      summary: 'Begin a dry run: everything is read and told, nothing is kept',
      access: isAdministrator,
      params: schemas.IdParams,
      responses: { 202: schemas.ReceivedOut },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor: { municipality, person: by, role }, params: { id } }) => {
        await rosters.begin({ municipality: municipality.id, id, work: 'check', by, role });
        return { status: 202, body: { id } };
      },
    }),
    route({
      method: 'POST',
      path: `${root}/:id/load`,
      summary: 'Begin the load of a checked roster; it never widens access by itself',
      access: isAdministrator,
      freshSignIn: true,
      params: schemas.IdParams,
      body: schemas.LoadBody,
      responses: { 202: schemas.ReceivedOut },
      errors: ['not-found', 'conflict'],
      handle: async ({
        actor: { municipality, person: by, role },
        params: { id },
        body: { confirmRemovals = false },
      }) => {
        await rosters.begin({ municipality: municipality.id, id, work: 'load', confirmRemovals, by, role });
        return { status: 202, body: { id } };
      },
    }),
    route({
      method: 'POST',
      path: `${root}/:id/discard`,
      summary: 'Give a roster up; work under way ends and leaves no trace',
      access: isAdministrator,
      params: schemas.IdParams,
      responses: {},
      errors: ['not-found'],
      handle: async ({ actor: { municipality }, params: { id } }) => {
        await rosters.discard(municipality.id, id);
        return {};
      },
    }),
    route({
      method: 'GET',
      path: '/api/municipality/imports',
      summary: 'Past imports and dry runs, the newest first',
      access: isAdministrator,
      responses: { 200: schemas.ImportsOut },
      handle: async ({ actor: { municipality }, language }) => {
        const runs = await database.inTenant(municipality.id, (tx) => listImports(tx, municipality.id));
        return { body: { items: runs.map((run) => runAnswer(run, language)) } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/municipality/imports/:id/problems',
      summary: 'What an import found in the files: file, line, column, value, reason, what was done',
      access: isAdministrator,
      params: schemas.IdParams,
      query: schemas.Page,
      responses: { 200: schemas.ProblemsOut },
      handle: async ({ actor: { municipality }, params: { id }, query: { cursor = 0 } }) => {
        const page = { run: id, after: cursor, limit: problemsPerPage };
        const items = await database.inTenant(municipality.id, (tx) => importProblems(tx, municipality.id, page));
        const next = items.length === problemsPerPage ? String(items.at(-1)!.serial) : null;
        return { body: { items, next } };
      },
    }),
  ];
}
