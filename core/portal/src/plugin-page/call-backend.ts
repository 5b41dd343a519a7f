import { isPluginErrorCode } from '@digione/sdk/errors';
import type { Api } from '../api/api.ts';
import { asProblem } from '../api/use-answer.ts';
import type { CallAnswer } from './host-bridge.ts';

/** One call of a page or a view to its backend; statuses, headers and addresses stay here. */
export async function callBackend(
  api: Api,
  plugin: string,
  { method, argument }: { method: string; argument: unknown },
): Promise<CallAnswer> {
  try {
    const { value } = await api.post<{ value: unknown }>(`/api/plugins/${plugin}/call`, { method, argument });
    return { ok: true, value: value ?? null };
  } catch (cause) {
    const problem = asProblem(cause);
    const code = isPluginErrorCode(problem.code) ? problem.code : 'unavailable';
    return { ok: false, error: { code, message: problem.message, ...(problem.trace ? { trace: problem.trace } : {}) } };
  }
}
