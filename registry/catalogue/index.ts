export { createCatalogue, type Catalogue } from './catalogue.ts';
export { refreshListing } from './listing-store.ts';
export { labelsOf, summaryOf } from './summary.ts';
export { SummarySchema } from './schemas.ts';
export { catalogueRoutes, tagged } from './routes.ts';
