/** A real task with a library, as a plugin's author would write it, and its answer. */
export interface LibraryTask {
  library: string;
  /** Module text: imports, then `export default` of a function. */
  code: string;
  answer: unknown;
  /** Why it needs more than an interactive call may use. */
  heavy?: string;
}

const task = (library: string, code: string, answer: unknown, heavy?: string): LibraryTask =>
  heavy ? { library, code, answer, heavy } : { library, code, answer };

export const libraryTasks: LibraryTask[] = [
  task(
    'date-fns',
    "import { addDays, format, isWeekend } from 'date-fns'; import { fi } from 'date-fns/locale/fi'; export default () => { const d = addDays(new Date(2026, 10, 24), 4); return [format(d, 'EEEE d. MMMM yyyy', { locale: fi }), isWeekend(d)]; }",
    ['lauantaina 28. marraskuuta 2026', true],
  ),
  task(
    'dayjs',
    "import dayjs from 'dayjs'; import 'dayjs/locale/fi.js'; export default () => dayjs('2026-11-24').locale('fi').add(1, 'week').format('dddd D.M.');",
    'tiistai 1.12.',
  ),
  task(
    'luxon',
    "import { DateTime } from 'luxon'; export default () => DateTime.fromISO('2026-11-24T08:00', { zone: 'Europe/Helsinki' }).toUTC().toISO();",
    '2026-11-24T06:00:00.000Z',
  ),
  task(
    'lodash-es',
    "import { groupBy, sortBy, debounce, cloneDeep, template } from 'lodash-es'; export default () => { const by = groupBy(sortBy([{ c: '2B', n: 'b' }, { c: '1A', n: 'c' }, { c: '2B', n: 'a' }], 'n'), 'c'); return [cloneDeep(by)['2B'].map((p) => p.n), typeof debounce(() => 1, 5)]; }",
    [['a', 'b'], 'function'],
  ),
  task(
    'ramda',
    "import * as R from 'ramda'; export default () => R.pipe(R.filter(R.gt(R.__, 1)), R.map(R.multiply(2)), R.sum)([1, 2, 3]);",
    10,
  ),
  task(
    'zod',
    "import { z } from 'zod'; const Pupil = z.object({ name: z.string().min(1), grade: z.number().int().min(1).max(9) }); export default () => [Pupil.parse({ name: 'Aino', grade: 3, extra: 1 }), Pupil.safeParse({ name: '', grade: 12 }).error.issues.length];",
    [{ name: 'Aino', grade: 3 }, 2],
  ),
  task(
    'valibot',
    "import * as v from 'valibot'; const S = v.object({ email: v.pipe(v.string(), v.email()) }); export default () => [v.safeParse(S, { email: 'a@b.fi' }).success, v.safeParse(S, { email: 'x' }).success];",
    [true, false],
  ),
  task(
    'papaparse',
    "import Papa from 'papaparse'; export default () => { const { data } = Papa.parse('name;grade\\n\"Mäki, A\";3\\nB;4', { header: true, delimiter: ';', dynamicTyping: true }); return [data, Papa.unparse(data)]; }",
    [
      [
        { name: 'Mäki, A', grade: 3 },
        { name: 'B', grade: 4 },
      ],
      'name,grade\r\n"Mäki, A",3\r\nB,4',
    ],
  ),
  task(
    'i18next',
    "import i18next from 'i18next'; export default async () => { const i = i18next.createInstance(); await i.init({ lng: 'fi', resources: { fi: { translation: { pupils_one: '{{count}} oppilas', pupils_other: '{{count}} oppilasta' } } } }); return [i.t('pupils', { count: 1 }), i.t('pupils', { count: 5 })]; }",
    ['1 oppilas', '5 oppilasta'],
  ),
  task(
    'marked',
    "import { marked } from 'marked'; export default () => marked.parse('# Läksy\\n\\n- **luku** 3');",
    '<h1>Läksy</h1>\n<ul>\n<li><strong>luku</strong> 3</li>\n</ul>\n',
  ),
  task(
    'markdown-it',
    "import MarkdownIt from 'markdown-it'; export default () => new MarkdownIt().render('*a* <b>');",
    '<p><em>a</em> &lt;b&gt;</p>\n',
  ),
  task(
    'mustache',
    "import Mustache from 'mustache'; export default () => Mustache.render('{{#pupils}}{{name}};{{/pupils}}', { pupils: [{ name: 'A&B' }, { name: 'C' }] });",
    'A&amp;B;C;',
  ),
  task(
    'rrule',
    "import { RRule } from 'rrule'; export default () => new RRule({ freq: RRule.WEEKLY, byweekday: [RRule.TU], count: 3, dtstart: new Date(Date.UTC(2026, 10, 24)) }).all().map((d) => d.toISOString().slice(0, 10));",
    ['2026-11-24', '2026-12-01', '2026-12-08'],
  ),
  task(
    'ical.js',
    "import ICAL from 'ical.js'; export default () => { const c = new ICAL.Component(ICAL.parse('BEGIN:VCALENDAR\\r\\nVERSION:2.0\\r\\nBEGIN:VEVENT\\r\\nUID:1\\r\\nSUMMARY:Koe\\r\\nDTSTART:20261124T080000Z\\r\\nEND:VEVENT\\r\\nEND:VCALENDAR')); const e = new ICAL.Event(c.getFirstSubcomponent('vevent')); return [e.summary, e.startDate.toJSDate().toISOString()]; }",
    ['Koe', '2026-11-24T08:00:00.000Z'],
  ),
  task(
    'fuse.js',
    "import Fuse from 'fuse.js'; export default () => new Fuse(['matematiikka', 'musiikki', 'liikunta'], { threshold: 0.4 }).search('matemattiika')[0].item;",
    'matematiikka',
  ),
  task(
    'immer',
    "import { produce } from 'immer'; export default () => { const before = { list: [1], deep: { a: 1 } }; const after = produce(before, (d) => { d.list.push(2); }); return [before.list, after.list, before.deep === after.deep]; }",
    [[1], [1, 2], true],
  ),
  task(
    'uuid',
    "import { v4, v5, v7, validate, version } from 'uuid'; export default () => [validate(v4()), version(v7()), v4() !== v4(), v5('espoo', v5.URL)];",
    [true, 7, true, 'a80b2db0-8eee-58e3-b524-ec65724d2bfd'],
  ),
  task(
    'nanoid',
    "import { customAlphabet, nanoid } from 'nanoid'; export default () => [nanoid().length, customAlphabet('ab', 5)().length, nanoid() !== nanoid()];",
    [21, 5, true],
  ),
  task(
    'mathjs',
    "import { create, all } from 'mathjs'; const math = create(all); export default () => [math.evaluate('sqrt(16) + 2^3'), math.fraction(1, 3).add(math.fraction(1, 6)).toFraction(), math.simplify('2x + 3x').toString()];",
    [12, '1/2', '5 * x'],
    'building its function tables takes over 50 ms of processor time',
  ),
  task(
    'big.js',
    "import Big from 'big.js'; export default () => new Big('0.1').plus('0.2').times(3).toFixed(2);",
    '0.90',
  ),
  task(
    'decimal.js',
    "import Decimal from 'decimal.js'; export default () => new Decimal(2).sqrt().toFixed(20);",
    '1.41421356237309504880',
  ),
  task(
    'simple-statistics',
    "import { mean, median, standardDeviation } from 'simple-statistics'; export default () => [mean([4, 8, 9]), median([4, 8, 9]), standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])];",
    [7, 8, 2],
  ),
  task(
    'd3-array',
    "import { bin, extent, rollup } from 'd3-array'; export default () => [extent([5, 7, 10]), bin().thresholds(2)([4, 5, 9]).length > 0, [...rollup([{ g: 1, v: 2 }, { g: 1, v: 3 }], (v) => v.length, (d) => d.g)]];",
    [[5, 10], true, [[1, 2]]],
  ),
  task(
    'semver',
    "import semver from 'semver'; export default () => [semver.satisfies('1.4.2', '^1.2.0'), semver.sort(['2.0.0', '1.10.0', '1.9.0'])];",
    [true, ['1.9.0', '1.10.0', '2.0.0']],
  ),
  task(
    'qs',
    "import qs from 'qs'; export default () => [qs.parse('a[b]=c&d[]=1&d[]=2'), qs.stringify({ x: ['ä'] })];",
    [{ a: { b: 'c' }, d: ['1', '2'] }, 'x%5B0%5D=%C3%A4'],
  ),
  task(
    'yaml',
    "import { parse, stringify } from 'yaml'; export default () => [parse('a:\\n  - 1\\n  - ä: x'), stringify({ b: [true] })];",
    [{ a: [1, { ä: 'x' }] }, 'b:\n  - true\n'],
  ),
  task(
    'validator',
    "import validator from 'validator'; export default () => [validator.isEmail('opettaja@espoo.fi'), validator.isEmail('x'), validator.isISO8601('2026-11-24'), validator.escape('<a>')];",
    [true, false, true, '&lt;a&gt;'],
  ),
  task(
    'superjson',
    "import superjson from 'superjson'; export default () => superjson.deserialize(JSON.parse(superjson.stringify({ at: new Date(0), all: new Set([1]) }))).all.has(1);",
    true,
  ),
  task(
    'fast-deep-equal',
    "import equal from 'fast-deep-equal'; export default () => [equal({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), equal({ a: 1 }, { a: 2 })];",
    [true, false],
  ),
  task(
    'ajv',
    "import Ajv from 'ajv'; export default () => { try { return new Ajv().compile({ type: 'object', properties: { a: { type: 'integer' } } })({ a: 1 }); } catch (e) { return e.message; } }",
    'Code from text is not available in a plugin',
  ),
  task(
    'handlebars',
    "import Handlebars from 'handlebars/runtime'; export default () => Handlebars.template(PRECOMPILED)({ pupils: [{ name: 'A&B' }, { name: 'C' }] });",
    'A&amp;B;C;',
  ),
  task(
    'moment',
    "import moment from 'moment'; export default () => moment.utc('2026-11-24').add(3, 'days').format('YYYY-MM-DD');",
    '2026-11-27',
  ),
  task(
    'typebox',
    "import { Type } from 'typebox'; import { Value } from 'typebox/value'; const T = Type.Object({ a: Type.Integer() }); export default () => [Value.Check(T, { a: 1 }), Value.Check(T, { a: 'x' })];",
    [true, false],
  ),
  task(
    'cron-parser',
    "import { CronExpressionParser } from 'cron-parser'; export default () => CronExpressionParser.parse('0 7 * * 1-5', { currentDate: '2026-11-28T00:00:00Z', tz: 'Europe/Helsinki' }).next().toISOString();",
    '2026-11-30T05:00:00.000Z',
  ),
];
