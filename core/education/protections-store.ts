import type { Model, ModelStatic } from 'sequelize';
import type { Database } from '../db/index.ts';
import { newId, refuse, type Id } from '../kernel/index.ts';

export type ProtectionKind = 'non-disclosure' | 'custody' | 'learner-private' | 'restriction' | 'objection';

export interface Protection {
  id: Id;
  person: Id;
  kind: ProtectionKind;
  /** Against whom a custody entry protects. */
  against?: Id;
  /** Where the entry comes from: `manual`, `court`, `register` … */
  source: string;
  validFrom: string;
  validTo?: string;
}

/** Safety entries of the municipality itself: no roster import ever changes them. */
export interface ProtectionStore {
  add(municipality: Id, protection: Omit<Protection, 'id' | 'validTo'>): Promise<Id>;
  /** The entry holds to the day before `on`; an entry that has not begun by then is removed. */
  end(municipality: Id, protection: Id, on: string): Promise<void>;
}

export function createProtectionStore(database: Database): ProtectionStore {
  let model: Promise<ModelStatic<Model>> | undefined;
  const protections = () => {
    model ??= protectionModel(database);
    return model;
  };
  return {
    async add(municipality, { person, kind, against, source, validFrom }) {
      const id = newId();
      const row = { municipality_id: municipality, id, person_id: person, kind, against_person_id: against ?? null };
      const model = await protections();
      await database.inTenantModels(municipality, (transaction) =>
        model.create({ ...row, source, valid_from: validFrom }, { transaction }),
      );
      return id;
    },
    async end(municipality, protection, on) {
      const model = await protections();
      await database.inTenantModels(municipality, async (transaction) => {
        const where = { municipality_id: municipality, id: protection };
        const found = await model.findOne({ where, transaction, lock: true });
        if (!found) refuse('not-found', 'There is no such protection in this municipality.');
        if (String(found.get('valid_from')) >= on) await found.destroy({ transaction });
        else await found.update({ valid_to: on }, { transaction });
      });
    },
  };
}

async function protectionModel(database: Database): Promise<ModelStatic<Model>> {
  const [{ DataTypes }, sequelize] = await Promise.all([import('sequelize'), database.sequelize()]);
  return sequelize.define('protection', {
    municipality_id: { type: DataTypes.UUID, primaryKey: true },
    id: { type: DataTypes.UUID, primaryKey: true },
    person_id: DataTypes.UUID,
    kind: DataTypes.TEXT,
    against_person_id: DataTypes.UUID,
    source: DataTypes.TEXT,
    valid_from: DataTypes.DATEONLY,
    valid_to: DataTypes.DATEONLY,
  });
}
