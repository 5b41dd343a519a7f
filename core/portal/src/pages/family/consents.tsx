import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentView } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useLive } from '../../live/live-context.ts';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { cameFromFreshSignIn, forgetFreshSignIn } from '../../session/fresh-sign-in.ts';
import { ConsentCard } from './consent-card.tsx';

export function Consents({ child }: { child: string }) {
  const { t } = useTranslation();
  const consents = useAnswer<ConsentView[]>(`/api/family/children/${child}/consents`);
  const [isBack] = useState(cameFromFreshSignIn);
  useEffect(forgetFreshSignIn, []);
  useLive(
    'consent',
    useCallback(() => consents.reload(), [consents.reload]),
  );
  return (
    <section className="stack" aria-labelledby="consents">
      <h2 id="consents">{t('family.consents')}</h2>
      <p className="quiet measure">{t('consent.lead')}</p>
      {isBack && (
        <Notice announce>
          <p>{t('consent.freshBack')}</p>
        </Notice>
      )}
      <Answered of={consents}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('consent.emptyTitle')} text={t('consent.empty')} icon="check" />
          ) : (
            list.map((consent) => (
              <ConsentCard
                key={`${consent.plugin} ${consent.purpose}`}
                child={child}
                consent={consent}
                changed={consents.reload}
              />
            ))
          )
        }
      </Answered>
    </section>
  );
}
