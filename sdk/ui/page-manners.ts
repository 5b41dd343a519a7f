import type { Bridge } from './bridge.ts';

const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]';

/**
 * What every page owes its user and the portal: language and looks on the root element, its height, Escape handed on, errors
 * told. `connect` does it.
 */
export function keepManners(bridge: Bridge, page: Document & { defaultView: Window }): void {
  const root = page.documentElement;
  showLanguage(root, bridge.language);
  showTheme(root, bridge.theme);
  bridge.on('language', (language) => showLanguage(root, language));
  bridge.on('theme', (theme) => showTheme(root, theme));
  bridge.on('focus', (end) =>
    stops(page)
      .at(end === 'first' ? 0 : -1)
      ?.focus(),
  );
  handEscapeOn(bridge, page);
  tellHeight(bridge, page);
  tellFailures(bridge, page.defaultView);
}

function showLanguage(root: HTMLElement, language: string): void {
  root.lang = language;
}

function showTheme(root: HTMLElement, { scheme, contrast, motion, tokens }: Bridge['theme']): void {
  Object.assign(root.dataset, { digioneScheme: scheme, digioneContrast: contrast, digioneMotion: motion });
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(`--digione-${name}`, value ?? null);
}

function stops(page: Document): HTMLElement[] {
  const all = [...page.querySelectorAll<HTMLElement>(focusable)];
  return all.filter((element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility());
}

function handEscapeOn(bridge: Bridge, page: Document): void {
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) bridge.tell({ kind: 'escape' });
  });
}

function tellHeight(bridge: Bridge, page: Document): void {
  const observer = new ResizeObserver(() => {
    bridge.tell({ kind: 'resize', height: Math.min(20_000, Math.ceil(page.body.getBoundingClientRect().height)) });
  });
  observer.observe(page.body);
}

function tellFailures(bridge: Bridge, view: Window): void {
  const tell = (reason: unknown) => bridge.tell({ kind: 'failed', message: String(reason).slice(0, 500) });
  view.addEventListener('error', ({ message }) => tell(message));
  view.addEventListener('unhandledrejection', ({ reason }) => tell(reason));
}
