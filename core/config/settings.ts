import type { ToldSettings } from '../kernel/index.ts';

/** Every environment variable of the platform, its default and meaning: the README's table is made from this list. */
export const settings = {
  PORT: {
    default: '8080',
    meaning: 'Port of the core; registry, plugin pages and test identity provider follow at +1, +2, +3.',
  },
  DIGIONE_HOST: { default: '127.0.0.1', meaning: 'Address that the servers listen on.' },
  DIGIONE_DATA_DIR: {
    default: '.digione',
    meaning: 'Folder of everything that a run keeps: cluster, keys, logs, the built portal.',
  },
  DATABASE_URL: {
    default: '',
    meaning:
      'PostgreSQL ≥ 15 to use instead of the embedded one; the role must be allowed to create roles and schemas.',
  },
  DIGIONE_TODAY: {
    default: '2026-11-24',
    meaning: 'School calendar date of the demonstration; empty for the real calendar.',
  },
  DIGIONE_LOG_LEVEL: { default: 'info', meaning: 'trace, debug, info, warn, error or silent.' },
  DIGIONE_WORKERS: { default: '1', meaning: 'Sandbox worker processes beside the warm spare.' },
  DIGIONE_CALLS_PER_SECOND: {
    default: '20',
    meaning: 'Calls of one account to one plugin, ten seconds of it at once at most; more are refused.',
  },
  DIGIONE_ROWS_PER_MINUTE: {
    default: '100000',
    meaning: 'Rows of persons that one plugin may be given in one municipality in a minute.',
  },
  DIGIONE_METRICS: {
    default: '',
    meaning: 'Address of its own for GET /metrics (Prometheus), such as 127.0.0.1:9464; without it there is none.',
  },
  DIGIONE_PUBLIC_ORIGIN: {
    default: '',
    meaning: 'Origin that browsers see; default http://localhost:PORT on the loopback address.',
  },
  DIGIONE_PAGES_ORIGIN: { default: '', meaning: 'Origin of the plugin pages that browsers see.' },
  DIGIONE_REGISTRY_URL: { default: '', meaning: 'Where the core finds the registry.' },
  DIGIONE_CORE_DATABASE: {
    default: '',
    meaning: "Address with the core's application role; the start command sets it.",
  },
  DIGIONE_REGISTRY_DATABASE: {
    default: '',
    meaning: "Address with the registry's application role; the start command sets it.",
  },
  DIGIONE_TRUST_ROOT: {
    default: '',
    meaning: "File of the registry's root of trust (TUF root.json) that the core pins.",
  },
  DIGIONE_PROVIDERS: { default: '', meaning: 'JSON file of the identity providers, one or more per municipality.' },
  DIGIONE_WITNESSES: {
    default: '',
    meaning: 'JSON file of the nodes that cosign our audit log (witnesses) and of the logs that we cosign (logs).',
  },
  DIGIONE_SMTP_URL: {
    default: '',
    meaning: 'SMTP server of notifications, smtps://user:password@host; empty: they stay in the inbox.',
  },
  DIGIONE_MAIL_FROM: { default: 'DigiOne <no-reply@digione.invalid>', meaning: 'Sender of notifications.' },
  DIGIONE_PORTAL_DIST: { default: '', meaning: 'Folder of the built portal.' },
  DIGIONE_PROGRAMS: {
    default: '',
    meaning: 'Folder of the bundled programs; the start command makes it. Without it the sources run.',
  },
} as const satisfies Record<string, { default: string; meaning: string }>;

export type SettingName = keyof typeof settings;
export type Environment = ToldSettings;

/** The value, or its default. */
export function setting(environment: Environment, name: SettingName): string {
  return environment[name] || settings[name].default;
}

/** A whole number within bounds, or an error that names the variable. */
export function numberSetting(environment: Environment, name: SettingName, [least, most]: [number, number]): number {
  const text = setting(environment, name);
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} is "${text}"; it takes a whole number from ${least} to ${most}.`);
}
