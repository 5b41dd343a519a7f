import { Type } from 'typebox';
import { type LeafView, leafViews } from './leaves.ts';

const strict = { additionalProperties: false } as const;
const line = Type.String({ minLength: 1, maxLength: 200 });

/** Views below or beside each other; `row` wraps on narrow screens. */
export interface StackView {
  readonly kind: 'stack';
  readonly direction?: 'column' | 'row';
  readonly children: readonly View[];
}

/** Views of which one group is shown at a time. */
export interface TabsView {
  readonly kind: 'tabs';
  readonly label: string;
  readonly tabs: readonly { readonly title: string; readonly children: readonly View[] }[];
}

/** One view of the vocabulary. */
export type View = LeafView | StackView | TabsView;
/** What a tile answers: one view, usually a stack. */
export type ViewTree = View;
/** Name of a kind of view. */
export type ViewKind = View['kind'];

const children = (inner: object, maxItems: number) => Type.Array(Type.Unsafe<View>(inner), { maxItems });

function containers(inner: object) {
  const Tab = Type.Object({ title: line, children: children(inner, 50) }, strict);
  return {
    stack: Type.Object(
      {
        kind: Type.Literal('stack'),
        direction: Type.Optional(Type.Enum(['column', 'row'])),
        children: children(inner, 100),
      },
      strict,
    ),
    tabs: Type.Object(
      { kind: Type.Literal('tabs'), label: line, tabs: Type.Array(Tab, { minItems: 1, maxItems: 10 }) },
      strict,
    ),
  };
}

/** The containers with their children unchecked: `checkViews` walks those itself, so that its errors name the view. */
export const shallowViews = { ...leafViews, ...containers({}) } as const;

/** All kinds, in the order of the documentation. */
export const viewKinds = Object.freeze(Object.keys(shallowViews)) as readonly ViewKind[];

/**
 * JSON Schema (2020-12) of a tree of views, self-contained under its own `$id`. A schema can't count: depth and number of
 * views are checked by `checkViews`.
 */
export const ViewSchema = Type.Unsafe<View>({
  $id: 'https://digione.fi/schemas/views/1',
  $ref: '#/$defs/view',
  $defs: { view: { anyOf: Object.values({ ...leafViews, ...containers({ $ref: '#/$defs/view' }) }) } },
});
