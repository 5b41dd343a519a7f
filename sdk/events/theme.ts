import { type Static, Type } from 'typebox';

/** Names of the theme's tokens; each becomes the custom property `--digione-<name>`. */
export const themeTokens = [
  'color-background',
  'color-surface',
  'color-text',
  'color-text-quiet',
  'color-border',
  'color-accent',
  'color-on-accent',
  'color-focus',
  'color-success',
  'color-warning',
  'color-error',
  'font-body',
  'font-heading',
  'font-size',
  'line-height',
  'space',
  'radius',
] as const;
/** Name of one token. */
export type ThemeToken = (typeof themeTokens)[number];

const value = Type.String({ maxLength: 200, pattern: '^[^;{}<>\\\\]*$' });

/** What the portal tells a page about its looks. */
export const ThemeSchema = Type.Object(
  {
    scheme: Type.Enum(['light', 'dark']),
    contrast: Type.Enum(['normal', 'more']),
    motion: Type.Enum(['full', 'reduced']),
    tokens: Type.Partial(
      Type.Object(Object.fromEntries(themeTokens.map((name) => [name, value])), { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);
/** What the portal tells a page about its looks. */
export type Theme = Static<typeof ThemeSchema> & { tokens: Partial<Record<ThemeToken, string>> };
