import type { ArgumentOf, Capabilities } from '../capabilities/index.ts';
import type { Language, Role, Texts } from '../manifest/index.ts';
import { type Collection, openCollection } from './collection.ts';
import { type Door, door } from './door.ts';
import type { Guest } from './guest.ts';
import { runTransaction, type Transaction } from './transaction.ts';

type EventToPublish = ArgumentOf<Capabilities['events.publish']>;
type MessageToSend = ArgumentOf<Capabilities['messages.send']>;
type LogFields = Readonly<Record<string, string | number | boolean | null>>;
type LogLine = (message: string, fields?: LogFields) => Promise<void>;

/** What a handler is given: who uses the plugin, and the doors of the host. */
export interface Context {
  /** This plugin and the version that runs. */
  readonly plugin: { readonly id: string; readonly version: string };
  /** The user: a pairwise id, the role and the language, never a name. */
  readonly user: { readonly id: string; readonly role: Role; readonly language: Language };
  /** The school in which the plugin is used. */
  readonly school: { readonly id: string; readonly name: string };
  /** The school's calendar date, `YYYY-MM-DD`. */
  readonly today: string;
  /** The instant, to the millisecond. */
  now(): Date;
  /** Classes and learners, as far as scope, agreement, consent and protections let the plugin see them. */
  readonly education: {
    readonly classes: Door<'education.classes'>;
    readonly students: Door<'education.students'>;
    readonly guardians: Door<'education.guardians'>;
  };
  /** Who was at lessons, and absences that are known beforehand. */
  readonly attendance: {
    readonly lesson: Door<'attendance.lesson'>;
    readonly student: Door<'attendance.student'>;
    readonly report: Door<'attendance.report'>;
    readonly reasons: Door<'attendance.reasons'>;
    readonly absences: Door<'attendance.absences'>;
    readonly registerAbsence: Door<'attendance.registerAbsence'>;
    readonly decideAbsence: Door<'attendance.decideAbsence'>;
  };
  /** Lessons and events of the user's classes; the plugin adds and changes its own. */
  readonly calendar: {
    readonly events: Door<'calendar.events'>;
    readonly put: Door<'calendar.put'>;
    readonly remove: Door<'calendar.remove'>;
    readonly import: Door<'calendar.import'>;
  };
  /** What learners are assessed on, and their results. */
  readonly gradebook: {
    readonly lineItems: Door<'gradebook.lineItems'>;
    readonly results: Door<'gradebook.results'>;
    readonly putLineItem: Door<'gradebook.putLineItem'>;
    readonly putResult: Door<'gradebook.putResult'>;
  };
  /** The plugin's own collections, as the manifest declares them. */
  readonly storage: {
    collection<Value extends object>(name: string): Collection<Value>;
    /** Reads and writes together: all of the writes happen, or none; the work runs again when what it read has changed. */
    transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  };
  /** Puts the question of a consent to a family. */
  readonly consent: { request(question: { subject: string; purpose: string }): Promise<void> };
  /** Requests to hosts of the manifest's `egress`, as far as the agreement lets the data go there. */
  readonly http: { readonly request: Door<'http.request'> };
  /** A secret that the municipality set for this plugin, or `null`. */
  readonly secrets: { get(name: string): Promise<string | null> };
  /** Counts for the school's pages; small groups are hidden before they are kept. */
  readonly aggregates: { readonly publish: Door<'aggregate.publish'> };
  /** Events for the plugins of this school that subscribe to them. */
  readonly events: { publish(event: EventToPublish): Promise<{ id: string }> };
  /** The plugin's own files in this school; their content is base64. */
  readonly files: {
    readonly put: Door<'files.put'>;
    readonly get: Door<'files.get'>;
    readonly list: Door<'files.list'>;
    readonly remove: Door<'files.remove'>;
  };
  /** Messages about a learner into the portal's inboxes. */
  readonly messages: { send(message: MessageToSend): Promise<{ id: string }> };
  /** Messages with an e-mail that says there is one, outside quiet hours. */
  readonly notify: { send(message: MessageToSend): Promise<{ id: string }> };
  /** Lines for the vendor's eyes. Never personal data. */
  readonly log: { readonly debug: LogLine; readonly info: LogLine; readonly warn: LogLine; readonly error: LogLine };
  /** Texts in the user's language. */
  readonly i18n: {
    readonly language: Language;
    /** The text in the user's language. */
    pick(texts: Texts): string;
    /** The texts of `locales/<language>.json`. */
    texts(): Promise<Readonly<Record<string, string>>>;
  };
  /** The municipality's settings for this plugin. */
  readonly config: { get(): Promise<Readonly<Record<string, unknown>>> };
}

/** Builds the context of one call over the sandbox's global. */
export function createContext(host: Guest): Context {
  const { plugin, user, school, today } = host.context;
  return {
    plugin,
    user,
    school,
    today,
    now: () => new Date(),
    ...schoolDoors(host),
    storage: {
      collection: (name) => openCollection(host, name),
      transaction: (work) => runTransaction(host, work),
    },
    consent: {
      request: async (question) => {
        await door(host, 'consent.request')(question);
      },
    },
    http: { request: door(host, 'http.request') },
    secrets: { get: async (name) => (await door(host, 'secrets.get')({ name })).value },
    aggregates: { publish: door(host, 'aggregate.publish') },
    events: { publish: door(host, 'events.publish') },
    files: {
      put: door(host, 'files.put'),
      get: door(host, 'files.get'),
      list: door(host, 'files.list'),
      remove: door(host, 'files.remove'),
    },
    messages: { send: door(host, 'messages.send') },
    notify: { send: door(host, 'notify.send') },
    log: logger(host),
    i18n: { language: user.language, pick: (texts) => texts[user.language], texts: () => door(host, 'i18n.texts')({}) },
    config: { get: () => door(host, 'config.get')({}) },
  };
}

function schoolDoors(host: Guest): Pick<Context, 'education' | 'attendance' | 'calendar' | 'gradebook'> {
  return {
    education: {
      classes: door(host, 'education.classes'),
      students: door(host, 'education.students'),
      guardians: door(host, 'education.guardians'),
    },
    attendance: {
      lesson: door(host, 'attendance.lesson'),
      student: door(host, 'attendance.student'),
      report: door(host, 'attendance.report'),
      reasons: door(host, 'attendance.reasons'),
      absences: door(host, 'attendance.absences'),
      registerAbsence: door(host, 'attendance.registerAbsence'),
      decideAbsence: door(host, 'attendance.decideAbsence'),
    },
    calendar: {
      events: door(host, 'calendar.events'),
      put: door(host, 'calendar.put'),
      remove: door(host, 'calendar.remove'),
      import: door(host, 'calendar.import'),
    },
    gradebook: {
      lineItems: door(host, 'gradebook.lineItems'),
      results: door(host, 'gradebook.results'),
      putLineItem: door(host, 'gradebook.putLineItem'),
      putResult: door(host, 'gradebook.putResult'),
    },
  };
}

function logger(host: Guest): Context['log'] {
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error'): LogLine =>
    async (message, fields) => {
      await door(host, 'log')(fields ? { level, message, fields } : { level, message });
    };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}
