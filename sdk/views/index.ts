/** The vocabulary of views: what a tile answers and the portal draws with its own accessible components. */
export { type Action, ActionSchema } from './actions.ts';
export { type CheckedViews, checkViews, type ViewProblem } from './check-views.ts';
export { type Field, FieldSchema } from './fields.ts';
export { type LeafView, leafViews } from './leaves.ts';
export { viewLimits } from './limits.ts';
export {
  type StackView,
  type TabsView,
  type View,
  type ViewKind,
  viewKinds,
  ViewSchema,
  type ViewTree,
} from './view.ts';
