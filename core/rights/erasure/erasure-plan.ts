import { type Day, daysLater } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { NewErasure } from './erasure-store.ts';
import { type Holding, holdingsOf, isHere } from './holdings-store.ts';
import { coreRules, type CoreRule } from './retention-rules.ts';

/** What the rules say about one holding, before the officer decides. */
export interface PlanLine {
  source: string;
  plugin: string;
  purpose: string;
  rows: number;
  proposal: 'erase' | 'retain';
  rule: string;
  /** When it will be erased; null: kept for good. */
  dueOn: Day | null;
}

export async function planErasure(
  tx: Tx,
  municipality: Id,
  { person, today }: { person: Id; today: Day },
): Promise<PlanLine[]> {
  const atSchool = await isHere(tx, municipality, { person, today });
  const lines = (await holdingsOf(tx, municipality, person)).map((holding) => lineOf(holding, { today, atSchool }));
  return [...lines, logLine(lines)];
}

/** Held in the log as long as anything else is held: its proofs belong to what they prove. */
function logLine(lines: readonly PlanLine[]): PlanLine {
  const kept = lines.filter(({ proposal }) => proposal === 'retain');
  const dueOn = kept.some((line) => line.dueOn === null) ? null : [...kept.map((line) => line.dueOn!)].sort().at(-1);
  const proposal = kept.length === 0 ? ('erase' as const) : ('retain' as const);
  const latest =
    lines
      .map((line) => line.dueOn)
      .sort()
      .at(-1) ?? null;
  return {
    source: 'audit',
    plugin: '',
    purpose: '',
    rows: 0,
    proposal,
    rule: 'log',
    dueOn: kept.length === 0 ? latest : (dueOn ?? null),
  };
}

interface Now {
  today: Day;
  atSchool: boolean;
}

function lineOf(holding: Holding, now: Now): PlanLine {
  const { source, plugin, purpose, rows } = holding;
  const core = coreRules.find((rule) => rule.source === source);
  return { source, plugin, purpose, rows, ...(core ? byCoreRule(core, holding, now) : byAgreement(holding, now)) };
}

type Fate = Pick<PlanLine, 'proposal' | 'rule' | 'dueOn'>;

function byCoreRule({ rule, keep }: CoreRule, { newest }: Holding, { today, atSchool }: Now): Fate {
  const erase = { proposal: 'erase' as const, rule: 'no-longer-needed', dueOn: today };
  if (keep.how === 'not') return erase;
  if (keep.how === 'for-good') return { proposal: 'retain', rule, dueOn: null };
  if (keep.how === 'while-at-school') return atSchool ? { proposal: 'retain', rule, dueOn: nextAugust(today) } : erase;
  const from = newest ?? today;
  const dueOn = keep.how === 'years' ? yearsLater(from, keep.years) : yearsLater(nextAugust(from), 1);
  return dueOn <= today ? erase : { proposal: 'retain', rule, dueOn };
}

function byAgreement({ basis, retentionDays, newest }: Holding, { today }: Now): Fate {
  if (basis === null) return { proposal: 'erase', rule: 'no-agreement', dueOn: today };
  if (basis !== 'statutory') return { proposal: 'erase', rule: basis, dueOn: today };
  const dueOn = daysLater(newest ?? today, retentionDays ?? 0);
  if (dueOn <= today) return { proposal: 'erase', rule: 'no-longer-needed', dueOn: today };
  return { proposal: 'retain', rule: 'agreement-retention', dueOn };
}

/** The day after the school year ends. */
export function nextAugust(day: Day): Day {
  const year = Number(day.slice(0, 4));
  return `${day.slice(5) < '08-01' ? year : year + 1}-08-01`;
}

function yearsLater(day: Day, years: number): Day {
  const year = String(Number(day.slice(0, 4)) + years);
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`;
}

export interface OfficerChoice {
  source: string;
  plugin?: string;
  purpose?: string;
  choice: 'erase' | 'retain' | 'decline';
  reason?: string;
}

/** The officer may keep what the rules would erase, with a reason; nobody erases what the law keeps. */
export function decideLines(plan: readonly PlanLine[], choices: readonly OfficerChoice[]): NewErasure[] {
  const open = new Map(choices.map((one) => [keyOf({ plugin: '', purpose: '', ...one }), one]));
  if (open.size !== choices.length) refuse('invalid', 'A source is decided twice.');
  const lines = plan.map((line) => {
    const choice = open.get(keyOf(line));
    open.delete(keyOf(line));
    return decideLine(line, choice);
  });
  if (open.size > 0) refuse('invalid', 'One of the decisions is about a source that holds nothing of this person.');
  return lines;
}

function decideLine(
  { source, plugin, purpose, proposal, rule, dueOn }: PlanLine,
  asked: OfficerChoice | undefined,
): NewErasure {
  const line = { source, plugin, purpose, rule, reason: asked?.reason ?? null };
  if (!asked || asked.choice === proposal) return { ...line, choice: proposal, dueOn };
  if (asked.choice === 'erase')
    refuse('retention-required', `The law or the agreement keeps ${source} for now. It is erased when that time ends.`);
  if (!asked.reason) refuse('invalid', `Give the reason why ${source} is not erased (Art. 12(4)).`);
  return { ...line, choice: 'decline', rule: 'declined', dueOn: null };
}

function keyOf({ source, plugin, purpose }: { source: string; plugin: string; purpose: string }): string {
  return JSON.stringify([source, plugin, purpose]);
}
