import type { ContextKey } from '@digione/core/sandbox';

const municipalities = ['espoo', 'oulu', 'tampere', 'turku', 'vantaa'];
const pluginCount = 300;
const usersPerSchool = 4;

/** A plugin that does honest work and says of each answer whose it is. */
function honestSource(self: string): string {
  return `digione.register({ calls: { run: async (argument) => {
    const before = globalThis.last ?? null; globalThis.last = argument.token;
    const asked = await digione.invoke('whose', { token: argument.token });
    return { self: '${self}', token: argument.token, before, asked: asked.token };
  } } });`;
}

/** Code that misuses something and must not be felt by others. */
const hostileBodies = [
  'for (;;);',
  "for (;;) { console.log('x'); digione.invoke('whose', {}).catch(() => 0); await null; }",
  'const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()));',
  'await new Promise(() => {});',
  "return 'x'.repeat(3e6);",
  'throw { get message() { for (;;); } };',
];

export interface Deployed {
  plugin: string;
  version: number;
  hostile: boolean;
  source: string;
}

/** Rights of one plugin in one municipality: each withdrawal begins an age from which nothing earlier may be remembered. */
export interface Rights {
  age: number;
  /** The age whose withdrawal is complete: what a new call remembers is of this age or later. */
  settled: number;
}

export interface SoakWorld {
  plugins: Deployed[];
  municipalities: string[];
  rightsOf(municipality: string, plugin: string): Rights;
  keyOf(municipality: string, deployed: Deployed, user: number): ContextKey;
  deploy(index: number): { before: string; now: Deployed };
}

/** Three hundred plugins, each tenth of them hostile, in five municipalities. */
export function soakWorld(): SoakWorld {
  const rights = new Map<string, Rights>();
  const deployed = (index: number, version: number): Deployed => {
    const plugin = `vendor-${index % 30}/plugin-${index}`;
    const hostile = index % 10 === 9;
    const body = hostileBodies[Math.floor(index / 10) % hostileBodies.length];
    const source = hostile
      ? `/* ${version} */ digione.register({ calls: { run: async () => { ${body} } } });`
      : honestSource(`${plugin}@${version}`);
    return { plugin, version, hostile, source };
  };
  const plugins = Array.from({ length: pluginCount }, (_, index) => deployed(index, 1));
  return {
    plugins,
    municipalities,
    rightsOf(municipality, plugin) {
      const name = `${municipality} ${plugin}`;
      const known = rights.get(name) ?? { age: 0, settled: 0 };
      rights.set(name, known);
      return known;
    },
    keyOf: (municipality, { plugin, version }, user) => ({
      municipality,
      plugin,
      version: `${version}.0.0`,
      digest: `${plugin}@${version}`,
      school: `${municipality}-school`,
      user: `user-${user % usersPerSchool}`,
    }),
    deploy(index) {
      const before = plugins[index]!;
      const now = deployed(index, before.version + 1);
      plugins[index] = now;
      return { before: `${before.version}.0.0`, now };
    },
  };
}
