import type { Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { catalogueRoutes } from './catalogue-routes.ts';
import type { Marketplace } from './marketplace.ts';
import { municipalityRoutes } from './municipality-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { schoolRoutes } from './school-routes.ts';
import { vendorRoutes } from './vendor-routes.ts';

export function marketplaceRoutes(marketplace: Marketplace): Route<Actor>[] {
  return [
    ...catalogueRoutes(marketplace),
    ...reviewRoutes(marketplace),
    ...vendorRoutes(marketplace),
    ...municipalityRoutes(marketplace),
    ...schoolRoutes(marketplace),
  ];
}
