import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { ConsentDecision } from '../../api/shapes.ts';

interface ConsentButtonsProps {
  offered: readonly ConsentDecision[];
  busy: boolean;
  decide: (decision: ConsentDecision) => void;
}

/** Yes and no look alike and cost one press each; so does changing one's mind. */
export function ConsentButtons({ offered, busy, decide }: ConsentButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="consent-buttons">
      {offered.map((decision) => (
        <Button key={decision} variant="secondary" aria-disabled={busy} onClick={() => !busy && decide(decision)}>
          {t(decision === 'defer' ? 'consentLife.defer' : `consent.${decision}`)}
        </Button>
      ))}
    </div>
  );
}
