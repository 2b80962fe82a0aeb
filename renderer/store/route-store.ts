import { createStore, type Store } from './external-store.ts';

/** Where the window is. A workbench may belong to an activity or show a notebook alone; grading shows its table or one row of it. */
export type Route =
  | { readonly kind: 'start' }
  | { readonly kind: 'grading'; readonly row: string | null }
  | { readonly kind: 'workbench'; readonly notebook: string; readonly activity: string | null };

const activityKey = 'actividad';
const notebookKey = 'cuaderno';
const gradingKey = 'corregir';

export function routeOfHash(hash: string): Route {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const row = parameters.get(gradingKey);
  if (row !== null) return { kind: 'grading', row: row === '' ? null : row };
  const notebook = parameters.get(notebookKey);
  if (notebook === null) return { kind: 'start' };
  return { kind: 'workbench', notebook, activity: parameters.get(activityKey) };
}

export function hashOfRoute(route: Route): string {
  if (route.kind === 'start') return '';
  if (route.kind === 'grading') return `#${new URLSearchParams({ [gradingKey]: route.row ?? '' }).toString()}`;
  const parameters = new URLSearchParams({ [notebookKey]: route.notebook });
  if (route.activity !== null) parameters.set(activityKey, route.activity);
  return `#${parameters.toString()}`;
}

export type RouteStore = { readonly store: Store<Route>; readonly go: (route: Route) => void };

/** The address follows the route, so that reloading and the browser's back button work. */
export function createRouteStore(address: Location, history: History): RouteStore {
  const store = createStore<Route>(routeOfHash(address.hash));
  window.addEventListener('popstate', () => store.set(routeOfHash(address.hash)));
  return {
    store,
    go: (route) => {
      history.pushState(null, '', `${address.pathname}${hashOfRoute(route)}`);
      store.set(route);
    },
  };
}
