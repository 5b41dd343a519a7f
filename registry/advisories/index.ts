export { advisoryRoutes } from './routes.ts';
