import type { Agreement } from './agreement-store.ts';
import type { Enablement } from './enablement-store.ts';
import type { MunicipalityPlugin } from './municipality-plugins.ts';

/** How agreements and enablements look over HTTP. */
export function agreementAnswer({ document, acceptedAt, ...agreement }: Omit<Agreement, 'status'>) {
  const { id, plugin, version, consentMajor, termsHash, expiresOn } = agreement;
  const { elements } = document;
  return { id, plugin, version, consentMajor, termsHash, acceptedAt: acceptedAt.toISOString(), expiresOn, elements };
}

export function pluginAnswer({ agreement, enablements, ...plugin }: MunicipalityPlugin) {
  return { ...plugin, agreement: agreementAnswer(agreement), enablements: enablements.map(enablementAnswer) };
}

function enablementAnswer({ id, school, schoolName, version, status, reason, changedAt }: Enablement) {
  const place = { id: school, name: schoolName };
  return { id, school: place, version, status, ...(reason ? { reason } : {}), changedAt: changedAt.toISOString() };
}
