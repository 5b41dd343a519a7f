import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** A municipality's word for absences with its national class. */
export interface AbsenceReason {
  reason: string;
  class: string;
  authorised: boolean;
  /** Tells something about health, beliefs or welfare. */
  sensitive: boolean;
}

export function absenceReasons(tx: Tx, municipality: Id): Promise<AbsenceReason[]> {
  const text = `select r.reason, c.code as class, c.authorised, c.sensitive from absence_reason r
    join absence_class c on c.code = r.class where r.municipality_id = $1 order by r.reason limit 500`;
  return tx.query({ name: 'absence-reasons', text, values: [municipality] });
}
