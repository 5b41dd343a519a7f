/** Our looks as the theme of sdk/ui: names of its tokens beside our custom properties. */
const tokens = {
  'color-background': '--paper',
  'color-surface': '--ground',
  'color-text': '--ink',
  'color-text-quiet': '--ink-quiet',
  'color-border': '--line',
  'color-accent': '--highlight-dark',
  'color-focus': '--focus',
  'color-success': '--good',
  'color-warning': '--warn',
  'color-error': '--bad',
} as const;

export function pageTheme(): unknown {
  const style = getComputedStyle(document.documentElement);
  const named = Object.entries(tokens).map(([name, property]) => [name, style.getPropertyValue(property).trim()]);
  return {
    scheme: 'light',
    contrast: matchMedia('(prefers-contrast: more)').matches ? 'more' : 'normal',
    motion: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'reduced' : 'full',
    tokens: { ...Object.fromEntries(named), 'color-on-accent': '#ffffff' },
  };
}
