/** An event that the core itself publishes. */
export interface CoreEvent {
  /** When it comes, in one sentence for an author. */
  readonly summary: string;
  /** Whether it names a learner as its `subject`; then only plugins that may see the learner are told. */
  readonly subject: boolean;
  /** JSON Schema of its body. */
  readonly body: object;
}

const nothing = { type: 'object', properties: {}, additionalProperties: false };

/**
 * What the core tells plugins that subscribe, by name. Events of one learner come in order; none carries data beyond its
 * subject: ask the doors, which decide anew.
 */
export const coreEvents = {
  'settings.changed': {
    summary: "The municipality changed this plugin's settings.",
    subject: false,
    body: nothing,
  },
  'consent.changed': {
    summary: 'A consent that this plugin asks for was given, refused or withdrawn; the doors say what is open now.',
    subject: true,
    body: {
      type: 'object',
      properties: { purpose: { type: 'string' } },
      required: ['purpose'],
      additionalProperties: false,
    },
  },
  'enrolment.changed': {
    summary: 'A learner came to a class of the school or left one.',
    subject: true,
    body: nothing,
  },
  'attendance.reported': { summary: "A learner's attendance was reported.", subject: true, body: nothing },
  'absence.registered': { summary: 'An absence of a learner was registered.', subject: true, body: nothing },
  'absence.decided': { summary: 'The school decided about a registered absence.', subject: true, body: nothing },
  'learner.dataChanged': {
    summary: 'Data of a learner of the school was corrected, erased or restricted: read anew what you have kept.',
    subject: false,
    body: {
      type: 'object',
      properties: { kind: { type: 'string' }, element: { type: ['string', 'null'] } },
      required: ['kind', 'element'],
      additionalProperties: false,
    },
  },
  'result.changed': { summary: "A learner's result was given or changed.", subject: true, body: nothing },
} as const satisfies Record<string, CoreEvent>;

/** Name of an event of the core. */
export type CoreEventName = keyof typeof coreEvents;
