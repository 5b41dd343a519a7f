import type { Tx } from '../../db/index.ts';
import { refuse, type Id } from '../../kernel/index.ts';

/** Marks of the Finnish basic education: 4–10, H (failed), S (passed), O (took part). */
export const finnishMarks: readonly string[] = ['4', '5', '6', '7', '8', '9', '10', 'H', 'S', 'O'];

/** A mark of the national scale, also between two numbers as teachers write them (8-, 8½, 8+); anything else is a word. */
export function isFinnishMark(mark: string): boolean {
  return finnishMarks.includes(mark) || /^([5-9]|10)-$|^[4-9](½|\+|\.5|,5)$/.test(mark);
}

/** A number is a score, a word a text score; at least one of them, unless nothing is to be graded. */
export function checkMark({
  score,
  textScore,
  scoreStatus = 'fully graded',
}: {
  score: number | null;
  textScore: string | null;
  scoreStatus?: string;
}): void {
  const isGraded = scoreStatus === 'fully graded' || scoreStatus === 'partially graded';
  if (isGraded && score === null && textScore === null) refuse('invalid', 'A mark is a number, a word, or both.');
  if (score !== null && !(Number.isFinite(score) && Math.abs(score) < 1e9))
    refuse('invalid', 'The score is no number.');
}

export interface ScoreScale {
  id: Id;
  title: string;
  type: string;
  class: Id | null;
  course: Id | null;
  /** What may be written, with its meaning, in the order of the roster. */
  values: { value: string; label: string }[];
}

/** Scales for the classes, the nearest first: the class's own, its course's, its school's, the municipality's. */
export async function scoreScalesOf(tx: Tx, municipality: Id, ofClass: Id): Promise<ScoreScale[]> {
  const rows = await tx.query<Omit<ScoreScale, 'values'> & { scale: string }>({
    name: 'score-scales-of-class',
    text: `select s.id, s.title, s.type, s.class_id as class, s.course_id as course, s.scale from class c
      join score_scale s on s.municipality_id = $1 and s.status = 'active'
        and (s.class_id = c.id or (s.class_id is null and s.course_id = c.course_id)
          or (s.class_id is null and s.course_id is null and s.org_id in (
            select c.school_id union select o.parent_id from org o where o.municipality_id = $1 and o.id = c.school_id)))
      where c.municipality_id = $1 and c.id = $2
      order by (s.class_id is null), (s.course_id is null), (s.org_id <> c.school_id), s.title, s.id`,
    values: [municipality, ofClass],
  });
  return rows.map(({ scale, ...rest }) => ({ ...rest, values: scaleValues(scale) }));
}

/** OneRoster writes a scale as `{10:Erinomainen},{9:Kiitettävä}`, some systems as `10:Erinomainen,9:…` or `10,9`. */
export function scaleValues(scale: string): ScoreScale['values'] {
  return scale
    .split(/[,;]/)
    .map((part) => part.trim().replace(/^\{|\}$/g, ''))
    .filter((part) => part !== '')
    .map((part) => {
      const [value = '', ...label] = part.split(':');
      return { value: value.trim(), label: label.join(':').trim() };
    });
}
