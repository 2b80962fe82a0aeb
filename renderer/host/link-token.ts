const storageKey = 'marea.token';

/**
 * The token that opens the link: from `#token=…` at the first visit, kept for this tab and removed from the address so that it is neither
 * bookmarked nor shown; afterwards from the tab's own storage.
 */
export function takeLinkToken(address: Location, history: History, storage: Storage): string | null {
  const parameters = new URLSearchParams(address.hash.replace(/^#/, ''));
  const given = parameters.get('token');
  if (given === null || given === '') return storage.getItem(storageKey);
  storage.setItem(storageKey, given);
  history.replaceState(null, '', `${address.pathname}${address.search}`);
  return given;
}
