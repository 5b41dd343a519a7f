/** Settings by name, as an environment has them. */
export type ToldSettings = Readonly<Record<string, string | undefined>>;

/** In the environment of a server whose launcher tells it the settings. */
export const toldMark = { DIGIONE_SETTINGS: 'told' } as const;

/**
 * The settings of a server process: its environment, or, where that says so, what its launcher tells over the channel once
 * everything that the server needs is there. Its modules load meanwhile; and passwords never stand in an environment.
 */
export function serverSettings(): Promise<ToldSettings> {
  const { env } = process;
  if (env['DIGIONE_SETTINGS'] !== toldMark.DIGIONE_SETTINGS) return Promise.resolve(env);
  // Whoever would have told is gone: there is nothing to serve.
  const leave = () => process.exit(0);
  process.once('disconnect', leave);
  return new Promise((resolve) => {
    process.once('message', ({ settings }: { settings: ToldSettings }) => {
      process.off('disconnect', leave);
      resolve({ ...env, ...settings });
    });
  });
}
