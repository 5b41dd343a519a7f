import type { ViewTree } from '@digione/sdk/views';

const kinds = new Set([
  'text',
  'heading',
  'list',
  'table',
  'form',
  'button',
  'link',
  'alert',
  'chart',
  'progress',
  'person',
  'date',
  'empty',
  'image',
  'stack',
  'tabs',
]);
/** As viewLimits of sdk/views, whose module would bring its validator along. */
const limits = { depth: 8, views: 500 };

/**
 * Tells a tree of views from any other answer. The core checks what a tile answers; the answer of a call comes unchecked, so its
 * size is bounded here and whatever else is wrong with it ends in the surface's error boundary.
 */
export function isViewTree(value: unknown): value is ViewTree {
  const budget = { left: limits.views };
  return isView(value, 1, budget);
}

function isView(value: unknown, depth: number, budget: { left: number }): boolean {
  budget.left -= 1;
  if (depth > limits.depth || budget.left < 0 || typeof value !== 'object' || value === null) return false;
  const { kind, children, tabs } = value as Record<string, unknown>;
  if (typeof kind !== 'string' || !kinds.has(kind)) return false;
  if (kind === 'stack') return areViews(children, depth, budget);
  if (kind === 'tabs')
    return (
      Array.isArray(tabs) &&
      tabs.every((tab) => areViews((tab as { children?: unknown } | null)?.children, depth, budget))
    );
  return true;
}

function areViews(children: unknown, depth: number, budget: { left: number }): boolean {
  return Array.isArray(children) && children.every((child) => isView(child, depth + 1, budget));
}
