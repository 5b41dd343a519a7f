import { build, type BuildOptions, type Message, type Metafile } from 'esbuild';
import { fail } from '../failure.ts';

/** Bundled code, and the files that went into it. */
export interface BundledCode {
  readonly code: Uint8Array;
  readonly metafile: Metafile;
}

const common = {
  bundle: true,
  format: 'iife',
  target: 'es2024',
  charset: 'utf8',
  legalComments: 'eof',
  metafile: true,
  write: false,
  logLevel: 'silent',
  // The author's own settings must not decide what a reviewer gets.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
} as const satisfies BuildOptions;

/** Bundles the backend to one script. It stays readable: a reviewer reads what runs. */
export function bundleBackend(folder: string): Promise<BundledCode> {
  return bundle({
    ...common,
    absWorkingDir: folder,
    entryPoints: ['backend.ts'],
    // Ordinary libraries offer their code without Node's modules to browsers; the sandbox has what those expect.
    platform: 'browser',
    mainFields: ['module', 'browser', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}

/** Bundles the script of one page. */
export function bundlePage(folder: string, entry: string): Promise<BundledCode> {
  return bundle({ ...common, absWorkingDir: folder, entryPoints: [entry], platform: 'browser' });
}

async function bundle(options: BuildOptions & { absWorkingDir: string }): Promise<BundledCode> {
  const { outputFiles = [], metafile } = await run(options);
  const [output] = outputFiles;
  if (!output || !metafile) throw new Error('esbuild gave no output.');
  return { code: Buffer.from(withoutPaths(output.text, metafile)), metafile };
}

async function run(options: BuildOptions) {
  try {
    return await build(options);
  } catch (error) {
    const { errors } = error as { errors?: Message[] };
    if (!errors) throw error;
    return fail('The code could not be bundled:', errors.map(wordsOf));
  }
}

/** esbuild notes each file's path, which differs from machine to machine. */
function withoutPaths(code: string, { inputs }: Metafile): string {
  const notes = new Set(Object.keys(inputs).map((path) => `// ${path}`));
  return code
    .split('\n')
    .filter((line) => !notes.has(line.trim()))
    .join('\n');
}

function wordsOf({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1} ${text}` : text;
}
