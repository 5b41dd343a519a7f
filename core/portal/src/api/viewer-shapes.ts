import type { Texts } from './shapes.ts';

/** Somebody who can see something of a learner; without a name where the asker may not know it. */
export interface Viewer {
  role: string;
  name: string | null;
  /** Null: the service's own pages. */
  plugin: string | null;
  pluginName: Texts | null;
  purpose: Texts | null;
  fields: { element: string; text: Texts; coarse: boolean }[];
}

export interface Viewers {
  on: string;
  viewers: Viewer[];
  hidden: { plugin: string; pluginName: Texts | null; element: string; text: Texts; say: Texts }[];
}

export interface ExplainedPerson {
  id: string;
  name: string;
  role: string;
}

export interface Explanation {
  visible: boolean;
  refused: { because: string; say: Texts } | null;
  fields: {
    purpose: string;
    element: string;
    text: Texts;
    allow: boolean;
    because: string;
    say: Texts | null;
  }[];
}
