import type { Access } from '../access/index.ts';
import { lookup } from 'node:dns/promises';
import type { Database } from '../db/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { RunningBundles } from '../marketplace/index.ts';
import { publishAggregate } from './aggregates/aggregates.ts';
import { createCollectionChecks } from './storage/collections.ts';
import { request } from './consent/request.ts';
import type { Doors } from './door.ts';
import { classes, students } from './school/classes-and-students.ts';
import { publishEvent } from './events/events.ts';
import { log, texts } from './everyone.ts';
import { defaultFileQuota, type FileQuota, files, type ScanFile } from './files/files.ts';
import type { Places } from './egress/checked-address.ts';
import { httpRequest } from './egress/http-request.ts';
import { sendMessage, sendNotification } from './messages/messages.ts';
import { readSecret } from './settings/secrets.ts';
import { readSettings } from './settings/settings.ts';
import { school } from './school/school.ts';
import { storage } from './storage/storage.ts';
import { defaultQuota, type StorageQuota } from './storage/usage-store.ts';
import type { Vault } from './settings/vault.ts';

export interface DoorDeps {
  database: Database;
  clock: Clock;
  access: Access;
  bundles: RunningBundles;
  vault: Vault;
  quota?: StorageQuota;
  fileQuota?: FileQuota;
  /** Whether notifications also go by e-mail; default true. */
  letters?: boolean;
  /** Looks into each file before it is kept. */
  scan?: ScanFile;
  /** How hosts outside are found and what may be asked; the default is the public internet over https. */
  egress?: Places;
}

/** Every door of the host with what stands behind it. */
export function createDoors(deps: DoorDeps): Doors {
  const {
    database,
    clock,
    access,
    bundles,
    vault,
    quota = defaultQuota,
    egress = publicInternet,
    letters = true,
  } = deps;
  const checks = createCollectionChecks();
  return {
    'aggregate.publish': (caller, argument) => publishAggregate({ database, clock, vault }, caller, argument),
    'consent.request': (caller, argument) => request({ database, access, clock }, caller, argument),
    'config.get': ({ grant }) => readSettings({ database }, grant.municipality, grant.plugin),
    'education.classes': (caller, argument) => classes(access, caller, argument),
    'education.students': (caller, argument) => students(access, caller, argument),
    'events.publish': (caller, argument) => publishEvent({ database, access, clock, checks }, caller, argument),
    'http.request': (caller, argument) => httpRequest({ database, access, clock, ...egress }, caller, argument),
    'i18n.texts': (caller) => texts(bundles, caller),
    log,
    'messages.send': (caller, argument) => sendMessage({ database, access, clock }, caller, argument),
    'notify.send': (caller, argument) => sendNotification({ database, access, clock, letters }, caller, argument),
    'secrets.get': (caller, { name }) => readSecret({ database, clock, vault }, caller, name),
    ...files({
      database,
      access,
      clock,
      quota: deps.fileQuota ?? defaultFileQuota,
      ...(deps.scan ? { scan: deps.scan } : {}),
    }),
    ...school({ database, access, clock }),
    ...storage({ database, access, clock, quota, checks }),
  };
}

/** All hosts, at addresses of the public internet, over https. */
export const publicInternet: Places = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  allowPrivate: false,
};
