/** The two requests of a resident, put together for the entry points. */
import type { App } from '../../run/app';
import { piecesOf, RESIDENT_ACTS } from './acts';
import type { ResidentPages } from './pages';
import { type PageAnswer, type Query, residentGet, residentPost } from './route';
import { showWith } from './show';

export { isResidents, type PageAnswer } from './route';

const routeFor = (app: App, pages: ResidentPages) => ({
  show: showWith(app, pages, piecesOf),
  acts: RESIDENT_ACTS,
});

export const getPage = (app: App, query: Query, pages: ResidentPages): PageAnswer =>
  residentGet(app, query, routeFor(app, pages));

export const postPage = (app: App, query: Query, pages: ResidentPages): PageAnswer =>
  residentPost(app, query, routeFor(app, pages));
