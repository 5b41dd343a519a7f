import type { Tx } from '../db/index.ts';
import type { Actor, MandatesOfChild } from '../identity/index.ts';
import { type Id, languages, newId, refuse } from '../kernel/index.ts';
import { type Day, endOfConsent, hasReached } from './ages.ts';
import type { AskedPurpose } from './asked-purposes.ts';
import { type ConsentStateName, type Decision, foldWords, isValid, type Said } from './consent-state.ts';
import {
  type ConsentKey,
  type CurrentConsent,
  decidingGuardians,
  keepNotice,
  latestWords,
  lockConsent,
  openCase,
  writeDecision,
} from './consent-store.ts';
import { stateNow } from './consent-view.ts';
import type { FamilyTie } from './family-tie.ts';
import { type Notice, noticeOf } from './notice.ts';
import { missingMandate, rightsOf } from './rights.ts';

/** A consent that has just changed: open contexts of its plugin and purpose must be decided anew. */
export interface ConsentChanged {
  municipality: Id;
  person: Id;
  plugin: string;
  purpose: string;
  state: ConsentStateName;
  valid: boolean;
  revision: number;
}

export interface ConsentDecision {
  /** Id of the learner, or `me`. */
  child: string;
  plugin: string;
  purpose: string;
  decision: Decision;
  /** Hash of the notice that was on the screen; not needed to withdraw. */
  notice?: string;
  page?: string;
  /** Order of the buttons on the screen. */
  buttons?: readonly string[];
}

export interface Deciding {
  key: ConsentKey;
  /** Absent when the plugin is gone; then only withdrawing is possible. */
  asked: AskedPurpose | undefined;
  tie: FamilyTie;
  mandateOf: MandatesOfChild;
  actor: Actor;
  request: ConsentDecision;
  at: Date;
  today: Day;
}

/** Locks the consent, checks the right and the notice, and writes what follows from everybody's words. */
export async function decideInTx(tx: Tx, deciding: Deciding): Promise<ConsentChanged> {
  const { key, tie, actor, request, at, today } = deciding;
  const current = await lockConsent(tx, key, at);
  const asked = deciding.asked ?? pastPurpose(key, current);
  checkRights(deciding, asked, current);
  const notice = deciding.asked && shownNotice(deciding.asked, request);
  if (notice) await keepNotice(tx, key.municipality, { notice, at });
  const role = tie.self ? ('learner' as const) : ('guardian' as const);
  const state =
    request.decision === 'defer'
      ? 'ConsentRequestDeferred'
      : await nextState(tx, deciding, { asked, current, role, act: request.decision });
  const event = {
    id: newId(at.getTime()),
    act: request.decision,
    state,
    revision: current.revision + 1,
    by: actor.person,
    role,
    notice: notice?.hash ?? null,
    language: notice?.body.language ?? actor.language,
    page: request.page ?? 'consents',
    buttons: request.buttons ?? [],
    elements: asked.elements,
    consentMajor: asked.consentMajor,
    at,
  };
  await writeDecision(tx, key, { event, expiresOn: endOfConsent(today, { role, birthDate: tie.birthDate }) });
  if (state === 'Disputed') await openCase(tx, key, { id: newId(at.getTime()), at });
  const { municipality, child: person, plugin, purpose } = key;
  return { municipality, person, plugin, purpose, state, valid: isValid(state), revision: event.revision };
}

async function nextState(
  tx: Tx,
  { key, tie, mandateOf, actor, today }: Deciding,
  { asked, current, role, act }: { asked: AskedPurpose; current: CurrentConsent } & Pick<Said, 'role' | 'act'>,
): Promise<ConsentStateName> {
  const guardians = (await decidingGuardians(tx, key, today)).filter((guardian) => mandateOf(guardian) !== 'denied');
  const earlier = (await latestWords(tx, key, asked.consentMajor)).filter(
    (word) => word.by !== actor.person && (word.role === 'learner' || guardians.includes(word.by)),
  );
  const state = foldWords([...earlier, { by: actor.person, role, act }], {
    deciders: asked.deciders,
    guardians,
    learnerDecides: hasReached(asked.selfFrom, tie.birthDate, today),
  });
  const wasValid = isValid(stateNow(asked, current, today));
  return state === 'ConsentGiven' && wasValid ? 'RenewedConsentGiven' : state;
}

function checkRights(
  { tie, mandateOf, actor, request, today }: Deciding,
  asked: AskedPurpose,
  current: CurrentConsent,
) {
  const now = { today, valid: isValid(stateNow(asked, current, today)), mandate: mandateOf(actor.person) };
  if (rightsOf(tie, asked, now)[request.decision]) return;
  const missing = missingMandate(tie, asked, now);
  if (missing === 'denied')
    refuse('mandate-denied', 'Suomi.fi authorisations say that you may not act for this child. Ask the school.');
  if (missing === 'unknown')
    refuse(
      'mandate-unknown',
      'Suomi.fi authorisations have not confirmed your right to act for this child. Sign in again; until then you can only withdraw.',
    );
  refuse(
    'not-allowed',
    'This decision is not yours to make: from 13 years a learner decides alone, before that the guardians do.',
  );
}

/** A plugin that has left the school can't ask, but what was given to it can still be taken back. */
function pastPurpose(key: ConsentKey, current: CurrentConsent): AskedPurpose {
  if (current.revision === 0) refuse('not-found', 'Nothing is asked of this child under that name.');
  return {
    plugin: key.plugin,
    name: { fi: key.plugin, sv: key.plugin, en: key.plugin },
    purpose: key.purpose,
    elements: current.elements,
    retentionDays: 0,
    consentMajor: current.consentMajor,
    document: {
      vendor: { name: key.plugin, businessId: '', country: '' },
      purposes: [],
      subProcessors: [],
      egress: [],
    },
    deciders: 'any',
    selfFrom: 13,
  };
}

/** The notice in force whose hash was on the screen, in whichever language. */
function shownNotice(asked: AskedPurpose, { notice, decision }: ConsentDecision): Notice | undefined {
  const shown = languages.map((language) => noticeOf(asked, language)).find(({ hash }) => hash === notice);
  if (!shown && decision !== 'withdraw' && decision !== 'defer')
    refuse('notice-changed', 'What is asked has changed since the page was opened. Read it again and decide then.');
  return shown;
}
