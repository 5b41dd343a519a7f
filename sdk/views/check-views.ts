import { Compile, type Validator } from 'typebox/compile';
import { viewLimits } from './limits.ts';
import { shallowViews, type View, type ViewKind } from './view.ts';

/** What is wrong with a tree, and where (a JSON pointer into it). */
export interface ViewProblem {
  readonly pointer: string;
  readonly message: string;
}

/** The outcome of `checkViews`. */
export type CheckedViews =
  | { readonly ok: true; readonly view: View }
  | { readonly ok: false; readonly problem: ViewProblem };

interface Budget {
  views: number;
  entries: number;
}

const validators = new Map<string, Validator>(
  Object.entries(shallowViews).map(([kind, schema]) => [kind, Compile(schema)]),
);

/** Checks a parsed tree that came from a plugin: its vocabulary, its depth and its size. Stops at the first problem. */
export function checkViews(tree: unknown): CheckedViews {
  const problem = problemOf(tree, '', 1, { views: viewLimits.views, entries: viewLimits.entries });
  return problem ? { ok: false, problem } : { ok: true, view: tree as View };
}

function problemOf(value: unknown, pointer: string, depth: number, budget: Budget): ViewProblem | undefined {
  const at = (message: string) => ({ pointer, message });
  if (depth > viewLimits.depth) return at(`Views are nested deeper than ${viewLimits.depth}.`);
  budget.views -= 1;
  if (budget.views < 0) return at(`The tree has more than ${viewLimits.views} views.`);
  const kind = kindOf(value);
  if (!kind) return at(`A view is an object whose "kind" is one of ${[...validators.keys()].join(', ')}.`);
  const validator = validators.get(kind);
  if (!validator?.Check(value)) return shapeProblem(validator, value, pointer);
  budget.entries -= entriesOf(value as View);
  if (budget.entries < 0) return at(`The tree has more than ${viewLimits.entries} rows, items and points.`);
  for (const [child, path] of childrenOf(value as View)) {
    const problem = problemOf(child, pointer + path, depth + 1, budget);
    if (problem) return problem;
  }
  return undefined;
}

function kindOf(value: unknown): ViewKind | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'kind')) return undefined;
  const kind = (value as { kind: unknown }).kind;
  return typeof kind === 'string' && validators.has(kind) ? (kind as ViewKind) : undefined;
}

function shapeProblem(validator: Validator | undefined, value: unknown, pointer: string): ViewProblem {
  const first = validator?.Errors(value).find((error) => error.keyword !== 'boolean' && error.keyword !== 'anyOf');
  return { pointer: pointer + (first?.instancePath ?? ''), message: first?.message ?? 'does not fit the schema' };
}

function entriesOf(view: View): number {
  if (view.kind === 'table') return view.rows.length;
  if (view.kind === 'list') return view.items.length;
  if (view.kind === 'chart') return view.series.reduce((sum, series) => sum + series.values.length, 0);
  return 0;
}

function* childrenOf(view: View): Generator<[child: unknown, path: string]> {
  if (view.kind === 'stack') for (const [index, child] of view.children.entries()) yield [child, `/children/${index}`];
  if (view.kind !== 'tabs') return;
  for (const [tab, { children }] of view.tabs.entries()) {
    for (const [index, child] of children.entries()) yield [child, `/tabs/${tab}/children/${index}`];
  }
}
