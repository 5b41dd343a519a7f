export { createPagesServer, type PagesOptions } from './pages-server.ts';
export { pageHeaders } from './page-headers.ts';
