export { seedDemonstration, type SeedOptions, type SeedProgress } from './seed-demonstration.ts';
export { demoPersons, demoVendorOwner, type DemoSignIn } from './sign-ins.ts';
export { castMandates, type DemoMandate } from './mandates.ts';
export { story } from './story.ts';
export { demonstrationDate, coordinator, municipalities } from './municipalities.ts';
export { nationCities, type City } from './nation/cities.ts';
export { writeCityBundle } from './nation/write-city-bundle.ts';
