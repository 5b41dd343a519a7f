import { createLog } from '@digione/core/kernel';
import { createSandbox } from '@digione/core/sandbox';
import { createStartInSandbox } from '@digione/registry/checks';

/** Starts a backend in the real sandbox, exactly as the registry's check does. */
export const startInSandbox = createStartInSandbox(() =>
  createSandbox({ workers: 1, spares: 0, log: createLog({ name: 'digione-check', level: 'silent' }) }),
);
