import { once } from 'node:events';
import { readPagesConfig } from '../config/index.ts';
import { connectDatabase } from '../db/index.ts';
import { createLog, liveUntilTold, serverSettings } from '../kernel/index.ts';
import { createBundleStore, createRunningBundles } from '../marketplace/index.ts';
import { createPagesServer } from './pages-server.ts';

/** The process of the plugin-pages origin: reads verified bundles, serves their files, knows no session and no person. */
const config = readPagesConfig(await serverSettings());
const log = createLog({ name: 'pages', level: config.logLevel });
const database = await connectDatabase({ url: config.databaseUrl, schema: 'core', poolSize: 4, log });
const bundles = createRunningBundles(createBundleStore(database));
const server = createPagesServer({ bundles, portalOrigin: config.addresses.core, log });
server.listen(config.addresses.pagesPort, config.addresses.host);
await once(server, 'listening');
log.info({ port: config.addresses.pagesPort }, 'plugin pages are served');
process.send?.({ ready: true });

liveUntilTold({
  async close() {
    server.close();
    server.closeAllConnections();
    await database[Symbol.asyncDispose]();
  },
  onEnd: (why) => log.info({ why }, 'plugin pages end'),
});
