export { createMarketplace, type Marketplace, type MarketplaceOptions } from './marketplace.ts';
export { marketplaceRoutes } from './routes.ts';
export { createBundleStore, type BundleStore } from './bundle-store.ts';
export { createRunningBundles, type RunningBundles } from './running-bundles.ts';
export type { OpenBundle } from './open-bundle.ts';
export type { Grants, GrantedElement, PluginGrant } from './grants.ts';
export { enablementChannel, type EnablementNotice } from './enablement-notice.ts';
export { schoolPlugins, type SchoolPlugin } from './school-plugin-store.ts';
export type { VendorDesk } from './vendor-desk.ts';
