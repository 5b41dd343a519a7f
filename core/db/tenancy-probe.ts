import type { Database } from './database.ts';

/** Throws unless row-level security holds for this connection: the planted row of another municipality must stay invisible. */
export async function proveTenancy(database: Database): Promise<void> {
  const [role] = await database.global((tx) =>
    tx.query<{ rolbypassrls: boolean; rolsuper: boolean }>({
      text: 'select rolbypassrls, rolsuper from pg_roles where rolname = current_user',
    }),
  );
  if (!role || role.rolbypassrls || role.rolsuper)
    throw new Error(
      'The application role may bypass row-level security. Connect as a plain role; the server will not serve.',
    );
  const visible = await database.global((tx) => tx.query({ text: 'select 1 from tenancy_probe' }));
  const elsewhere = await database.inTenant('00000000-0000-4000-8000-000000000002', (tx) =>
    tx.query({ text: 'select 1 from tenancy_probe' }),
  );
  const own = await database.inTenant('00000000-0000-4000-8000-000000000001', (tx) =>
    tx.query({ text: 'select 1 from tenancy_probe' }),
  );
  if (visible.length > 0 || elsewhere.length > 0 || own.length !== 1)
    throw new Error(
      'A row of another municipality is visible: row-level security does not hold. The server will not serve.',
    );
}
