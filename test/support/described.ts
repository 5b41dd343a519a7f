import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Operation {
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}

/** Throws when an answer is not what the service's own /openapi.json describes. */
export type DescribedCheck = (answer: {
  method: string;
  path: string;
  status: number;
  type: string;
  body: unknown;
}) => void;

export async function describedBy(origin: string): Promise<DescribedCheck> {
  const description = (await (await fetch(`${origin}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
    components: object;
  };
  const ajv = new Ajv2020({ strict: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'api', components: description.components });
  const compiled = new Map<object, ValidateFunction>();
  return ({ method, path, status, type, body }) => {
    const named = `${method} ${path} → ${status}`;
    const operation = findOperation(description.paths, path)?.[method.toLowerCase()];
    if (!operation) throw new Error(`${named}: the description has no such operation.`);
    if (status === 204 || status >= 500) return;
    const content = operation.responses[String(status)]?.content[type.split(';')[0] ?? ''];
    if (!content) throw new Error(`${named}: the description has no such answer (${type}).`);
    const validate = compiled.get(content.schema) ?? ajv.compile(located(content.schema));
    compiled.set(content.schema, validate);
    if (!validate(body)) throw new Error(`${named}: ${ajv.errorsText(validate.errors)}`);
  };
}

/** References point into the description, which ajv knows as "api". */
function located(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/'));
}

function findOperation<T>(paths: Record<string, T>, path: string): T | undefined {
  const asked = path.split('?')[0]!.split('/');
  const matching = Object.keys(paths).filter((template) => {
    const parts = template.split('/');
    return parts.length === asked.length && parts.every((part, at) => part.startsWith('{') || part === asked[at]);
  });
  const [best] = matching.sort((a, b) => count(a) - count(b));
  return best === undefined ? undefined : paths[best];
}

const count = (template: string) => template.split('{').length;
