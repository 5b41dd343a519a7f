/** How long a key pressed in the portal says where the person is. */
const keyMs = 1_000;
/** So many thefts in so many milliseconds are no mishap. */
const mostThefts = 30;
const theftsMs = 10_000;

export interface FocusGuardOptions {
  frame: HTMLIFrameElement;
  now: () => number;
  /** The page takes the focus again and again. */
  flooded: () => void;
}

export interface FocusGuard {
  /** The person asked to go into the page. */
  enter(): void;
  /** The page gives the focus back: it goes here and stays here. */
  leaveTo(element: HTMLElement | null): void;
  close(): void;
}

/** Where the person was in the portal. */
interface Place {
  element: HTMLElement;
  /** They work there by keyboard, so that the next key would go astray. */
  atWork: boolean;
}

/**
 * Browsers let a framed page take the keyboard focus without a gesture. Whoever works in the portal by keyboard gets it back
 * at once, unless they went into the page themselves: by Tab, by a click or touch on it, or by our own button.
 */
export function guardFocus({ frame, now, flooded }: FocusGuardOptions): FocusGuard {
  const page = frame.ownerDocument;
  const view = page.defaultView!;
  const closing = new AbortController();
  const { signal } = closing;
  let place: Place | undefined = placeOf(page.activeElement);
  let keyAt = Number.NEGATIVE_INFINITY;
  let pointerAt = Number.NEGATIVE_INFINITY;
  let tabOpen = false;
  let invited = false;
  let inside = false;
  let thefts: number[] = [];

  function wentIn(): boolean {
    const byTab = tabOpen && now() - keyAt <= keyMs;
    // A gesture in a frame counts for the pages around it, too.
    const byGesture = frame.matches(':hover') || view.navigator.userActivation?.isActive === true;
    const quiet = now() - keyAt > keyMs || pointerAt > keyAt;
    return invited || byTab || (byGesture && quiet);
  }
  function giveBack(element: HTMLElement): void {
    thefts = [...thefts.filter((at) => at > now() - theftsMs), now()];
    element.focus({ preventScroll: true });
    if (thefts.length > mostThefts) flooded();
  }
  function look(): void {
    if (page.activeElement !== frame || inside) return;
    if (place?.atWork && place.element.isConnected && !wentIn()) giveBack(place.element);
    else inside = true;
    invited = false;
  }
  function focused({ target }: FocusEvent): void {
    if (target === frame) return;
    inside = false;
    tabOpen = false;
    place = placeOf(target);
  }
  function pressed({ key }: KeyboardEvent): void {
    keyAt = now();
    tabOpen = key === 'Tab';
    if (place) place.atWork = true;
  }
  /** A click in the portal is a gesture, too, but none in the frame. */
  function clicked(): void {
    keyAt = now();
    tabOpen = false;
  }
  function pointed(): void {
    pointerAt = now();
  }
  frame.addEventListener('pointerenter', pointed, { signal });
  page.addEventListener('focusin', focused, { signal });
  page.addEventListener('pointerdown', clicked, { signal, capture: true });
  page.addEventListener('keydown', pressed, { signal, capture: true });
  page.addEventListener('visibilitychange', look, { signal });
  view.addEventListener('blur', () => setTimeout(look), { signal });

  return {
    enter() {
      invited = true;
      frame.focus();
    },
    leaveTo(element) {
      element?.focus();
      if (place) place.atWork = true;
    },
    close: () => closing.abort(),
  };
}

function placeOf(target: EventTarget | null): Place | undefined {
  if (!(target instanceof HTMLElement) || target === target.ownerDocument.body) return undefined;
  // A heading that was given the focus after a link is nobody's place of work until a key is pressed there.
  return { element: target, atWork: target.tabIndex >= 0 && target.matches(':focus-visible') };
}
