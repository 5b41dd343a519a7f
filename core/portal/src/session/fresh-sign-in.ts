const place = 'digione-fresh-sign-in';

/** Leaves for a fresh sign-in, and notes that the person was in the middle of a choice. */
export function goToFreshSignIn(): void {
  sessionStorage.setItem(place, location.pathname);
  const returnTo = location.pathname + location.search;
  location.assign(`/auth/sign-in?fresh=1&returnTo=${encodeURIComponent(returnTo)}`);
}

/** Whether the person has just come back to this page from a fresh sign-in. */
export function cameFromFreshSignIn(): boolean {
  return sessionStorage.getItem(place) === location.pathname;
}

/** The choice has been made, or given up. */
export function forgetFreshSignIn(): void {
  sessionStorage.removeItem(place);
}
