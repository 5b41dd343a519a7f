import type { FixtureRole } from './fixture/people.ts';
import { barriers, type Bench, benchFor, overflow, test, withBrowser } from './fixture/portal-bench.ts';

withBrowser();

const child = '/family/11111111-1111-4111-8111-111111111111';
const plugin = 'demo-vendor/hello-class';
const pages: Record<string, { role?: FixtureRole; paths: Record<string, string> }> = {
  'whoever is not signed in': {
    paths: {
      'front page': '/',
      catalogue: '/catalogue',
      'catalogue without a hit': '/catalogue?q=xyzzy',
      'plugin in the catalogue': `/catalogue/${plugin}`,
      'sign-in': '/sign-in',
      'whom to ask without a role': '/no-role',
      'page that does not exist': '/nowhere',
      'link of a letter': '/unsubscribe?token=a-token',
    },
  },
  'a teacher': {
    role: 'teacher',
    paths: {
      'home with every kind of view': '/',
      'page of a plugin': `/plugins/${plugin}/main`,
      'own classes': '/classes',
      'class list': '/classes/c-1',
      'lessons of the day': '/attendance',
      'one lesson': '/attendance/v-1',
      'class that is not there': '/classes/other',
      'messages and notifications': '/inbox',
    },
  },
  'a learner': {
    role: 'student',
    paths: { 'own apps': '/family/me', 'own consents': '/family/me/consents', 'own data': '/family/me/data' },
  },
  'a guardian': {
    role: 'guardian',
    paths: {
      children: '/',
      apps: child,
      consents: `${child}/consents`,
      'who has looked': `${child}/reads`,
      'data and requests': `${child}/data`,
      absences: `${child}/absences`,
    },
  },
  'an administrator': {
    role: 'siteAdministrator',
    paths: { plugins: '/', 'one plugin': `/municipality/${plugin}`, agreement: `/municipality/${plugin}/agreement` },
  },
  'a reviewer': { role: 'reviewer', paths: { queue: '/', 'one version': `/review/${plugin}/1.1.0` } },
  'a principal': {
    role: 'principal',
    paths: { 'school’s plugins': '/school', 'questions of families': '/questions', absences: '/absences' },
  },
  'a data protection officer': {
    role: 'dataProtectionOfficer',
    paths: {
      'incidents, record and questions': '/',
      requests: '/officer/requests',
      'an erasure to decide': '/officer/requests/r-1',
      incidents: '/officer/incidents',
      'an incident': '/officer/incidents/i-1',
      'record of processing': '/officer/record',
      processors: '/officer/processors',
      assessments: '/officer/assessments',
      'an assessment': '/officer/assessments/a-1',
    },
  },
};

const ways = [
  ['fi', false],
  ['en', true],
] as const;

for (const [who, { role, paths }] of Object.entries(pages)) {
  for (const [language, phone] of ways) {
    test.serial(`no barrier for ${who} in ${language} on a ${phone ? 'phone' : 'desk'}`, async (t) => {
      t.timeout(240_000);
      await using bench = await benchFor(t.context.browser, { role, language, phone });
      for (const [name, path] of Object.entries(paths)) {
        await bench.go(path);
        t.deepEqual(await barriers(bench.page), [], name);
        t.deepEqual(await basics(bench), { lang: language, headings: 1, titled: true, wider: false }, name);
      }
      t.deepEqual(bench.faults, []);
    });
  }
}

async function basics({ page }: Bench) {
  return {
    lang: await page.locator('html').getAttribute('lang'),
    headings: await page.locator('h1').count(),
    titled: / – DigiOne$/.test(await page.title()),
    wider: (await overflow(page)) > 0,
  };
}
