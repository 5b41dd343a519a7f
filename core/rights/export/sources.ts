import { decisionSources, messageSources, personSources, schoolSources } from './core-sources-store.ts';
import { auditSource, type FindReceipt, receiptSource } from './log-sources-store.ts';
import { pluginSources } from './plugin-sources-store.ts';
import type { Source } from './source.ts';

/** Everything about one person, in the order in which it is collected; the log last, so that it holds the collecting too. */
export function allSources(findReceipt: FindReceipt): readonly Source[] {
  return [
    ...personSources,
    ...schoolSources,
    ...pluginSources,
    ...messageSources,
    ...decisionSources,
    receiptSource(findReceipt),
    auditSource,
  ];
}
