export { createFigures, type Figures, type FiguresDeps, type Resting, type SchoolFigures } from './figures.ts';
export { serveMetrics } from './metrics.ts';
export { figureRoutes } from './routes.ts';
export type { Summary } from './summary.ts';
