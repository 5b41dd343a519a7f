import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { ConsentView } from '../../api/shapes.ts';
import { isGiven, isOpen } from './consent-states.ts';

export type ConsentDecision = 'give' | 'refuse' | 'withdraw';

interface ConsentButtonsProps {
  consent: ConsentView;
  busy: boolean;
  decide: (decision: ConsentDecision) => void;
}

/** Yes and no look alike and cost one press each; so does changing one's mind. */
export function ConsentButtons({ consent, busy, decide }: ConsentButtonsProps) {
  const { t } = useTranslation();
  const press = (decision: ConsentDecision) => (
    <Button key={decision} variant="secondary" aria-disabled={busy} onClick={() => !busy && decide(decision)}>
      {t(`consent.${decision}`)}
    </Button>
  );
  if (isGiven(consent)) return <div className="consent-buttons">{press('withdraw')}</div>;
  return <div className="consent-buttons">{isOpen(consent) ? [press('give'), press('refuse')] : press('give')}</div>;
}
