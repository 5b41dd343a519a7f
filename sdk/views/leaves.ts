import { type Static, Type } from 'typebox';
import { ActionSchema } from './actions.ts';
import { FieldSchema, isoDate } from './fields.ts';
import { viewLimits } from './limits.ts';

const strict = { additionalProperties: false } as const;
const line = Type.String({ minLength: 1, maxLength: 200 });
const paragraph = Type.String({ minLength: 1, maxLength: viewLimits.text });
const key = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,38}$' });
const action = Type.Optional(ActionSchema);

/** A paragraph. Line breaks are kept, nothing in it is markup. */
export const TextView = Type.Object(
  { kind: Type.Literal('text'), text: paragraph, tone: Type.Optional(Type.Enum(['plain', 'quiet', 'strong'])) },
  strict,
);

/** A heading below the surface's own title; `level` 1 is the highest that a tree may use and the portal shifts it to fit its page. */
export const HeadingView = Type.Object(
  { kind: Type.Literal('heading'), text: line, level: Type.Integer({ minimum: 1, maximum: 3 }) },
  strict,
);

/** A list of short entries, each of which may be pressed. */
export const ListView = Type.Object(
  {
    kind: Type.Literal('list'),
    label: Type.Optional(line),
    ordered: Type.Optional(Type.Boolean()),
    items: Type.Array(Type.Object({ text: line, detail: Type.Optional(paragraph), action }, strict), { maxItems: 500 }),
  },
  strict,
);

const Column = Type.Object(
  { key, title: line, type: Type.Enum(['text', 'number', 'date']), sortable: Type.Optional(Type.Boolean()) },
  strict,
);
const Cell = Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Null()]);
/** A table that the portal sorts and pages; `caption` is read to those who can't see it. A date is `YYYY-MM-DD`. */
export const TableView = Type.Object(
  {
    kind: Type.Literal('table'),
    caption: line,
    columns: Type.Array(Column, { minItems: 1, maxItems: 12 }),
    rows: Type.Array(
      Type.Object({ cells: Type.Record(Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,38}$' }), Cell), action }, strict),
      { maxItems: 1000 },
    ),
    pageSize: Type.Optional(Type.Integer({ minimum: 5, maximum: 100 })),
  },
  strict,
);

/** A form; its action is called with `{ ...argument, values: { [field]: value } }`. */
export const FormView = Type.Object(
  {
    kind: Type.Literal('form'),
    label: line,
    fields: Type.Array(FieldSchema, { minItems: 1, maxItems: 30 }),
    submit: line,
    action: ActionSchema,
  },
  strict,
);

/** A button. `confirm` is a question that the portal asks first. */
export const ButtonView = Type.Object(
  {
    kind: Type.Literal('button'),
    text: line,
    action: ActionSchema,
    tone: Type.Optional(Type.Enum(['primary', 'secondary', 'danger'])),
    confirm: Type.Optional(line),
  },
  strict,
);

/** A link out of the portal. The portal shows its host and opens it in a new tab without telling it where it came from. */
export const LinkView = Type.Object(
  {
    kind: Type.Literal('link'),
    text: line,
    href: Type.String({ pattern: '^https://[^\\s<>"\\\\]+$', maxLength: 300 }),
  },
  strict,
);

/** A message that should be noticed. */
export const AlertView = Type.Object(
  {
    kind: Type.Literal('alert'),
    tone: Type.Enum(['info', 'success', 'warning', 'error']),
    title: Type.Optional(line),
    text: paragraph,
  },
  strict,
);

const Series = Type.Object(
  { name: line, values: Type.Array(Type.Union([Type.Number(), Type.Null()]), { maxItems: 100 }) },
  strict,
);
/** A chart; the portal offers the same numbers as a table. Each series has one value per category, `null` where there is none. */
export const ChartView = Type.Object(
  {
    kind: Type.Literal('chart'),
    chart: Type.Enum(['bar', 'line']),
    title: line,
    categories: Type.Array(line, { minItems: 1, maxItems: 100 }),
    series: Type.Array(Series, { minItems: 1, maxItems: 8 }),
    unit: Type.Optional(Type.String({ maxLength: 20 })),
  },
  strict,
);

/** How far something is, in per cent. */
export const ProgressView = Type.Object(
  { kind: Type.Literal('progress'), label: line, value: Type.Number({ minimum: 0, maximum: 100 }) },
  strict,
);

/** A person as a chip without a picture; `id` is the pairwise id that a door gave. */
export const PersonView = Type.Object(
  {
    kind: Type.Literal('person'),
    id: Type.String({ minLength: 1, maxLength: 64 }),
    name: line,
    detail: Type.Optional(line),
    action,
  },
  strict,
);

/** A date that calls its action with `{ ...argument, date }` when it changes. */
export const DateView = Type.Object(
  {
    kind: Type.Literal('date'),
    label: line,
    value: Type.Optional(isoDate),
    min: Type.Optional(isoDate),
    max: Type.Optional(isoDate),
    action: ActionSchema,
  },
  strict,
);

/** What is shown where there is nothing yet, with one thing to do about it. */
export const EmptyView = Type.Object(
  { kind: Type.Literal('empty'), title: line, text: Type.Optional(paragraph), action, actionText: Type.Optional(line) },
  strict,
);

/** An image from the bundle's `ui` folder. An empty `alt` says that it is only decoration. */
export const ImageView = Type.Object(
  {
    kind: Type.Literal('image'),
    src: Type.String({ pattern: '^ui/[a-z0-9][a-z0-9/_-]{0,80}\\.(png|jpg|webp|svg)$' }),
    alt: Type.String({ maxLength: 300 }),
  },
  strict,
);

/** The views that hold no other views, by kind. */
export const leafViews = {
  text: TextView,
  heading: HeadingView,
  list: ListView,
  table: TableView,
  form: FormView,
  button: ButtonView,
  link: LinkView,
  alert: AlertView,
  chart: ChartView,
  progress: ProgressView,
  person: PersonView,
  date: DateView,
  empty: EmptyView,
  image: ImageView,
} as const;

/** A view that holds no other views. */
export type LeafView = { [Kind in keyof typeof leafViews]: Static<(typeof leafViews)[Kind]> }[keyof typeof leafViews];
