import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { Notice } from '../../look/notice.tsx';
import { useWords } from '../../look/use-words.ts';
import { cameFromFreshSignIn, forgetFreshSignIn } from '../../session/fresh-sign-in.ts';
import { AskForm } from './ask-form.tsx';
import { Exports } from './exports.tsx';
import { OwnRequestCard } from './own-request-card.tsx';
import type { OwnRequests } from './rights-shapes.ts';

/** Everything about one person to take along, and what can be asked about it. */
export function PersonData({ child }: { child: string }) {
  const { t } = useTranslation();
  const own = useAnswer<OwnRequests>(`/api/family/children/${child}/requests`);
  const [isBack] = useState(cameFromFreshSignIn);
  useEffect(forgetFreshSignIn, []);
  return (
    <section className="stack stack-large" aria-labelledby="person-data">
      <div className="stack">
        <h2 id="person-data">{t(child === 'me' ? 'rights.family.ownTitle' : 'rights.family.title')}</h2>
        <p className="quiet measure">{t('rights.family.lead')}</p>
        {isBack && (
          <Notice announce>
            <p>{t('rights.family.freshBack')}</p>
          </Notice>
        )}
      </div>
      <Answered of={own}>{(answer) => <Rights child={child} own={answer} changed={own.reload} />}</Answered>
    </section>
  );
}

function Rights({ child, own, changed }: { child: string; own: OwnRequests; changed: () => void }) {
  const { t } = useTranslation();
  const { date } = useWords();
  return (
    <>
      {own.inForce.length > 0 && (
        <Notice tone="warn">
          <h3>{t('rights.family.inForce')}</h3>
          <ul className="plain">
            {own.inForce.map(({ kind, since }) => (
              <li key={kind}>
                {t(`rights.kinds.${kind}`)} <Chip tone="plain">{t('rights.family.since', { date: date(since) })}</Chip>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {own.mayAsk ? (
        <>
          <Exports child={child} />
          <AskForm child={child} sent={changed} />
        </>
      ) : (
        <Notice>
          <p>{t('rights.family.notYours')}</p>
        </Notice>
      )}
      <section className="stack" aria-labelledby="own-requests">
        <h3 id="own-requests">{t('rights.family.mine')}</h3>
        {own.requests.length === 0 ? (
          <p className="quiet">{t('rights.family.none')}</p>
        ) : (
          <ul className="plain stack">
            {own.requests.map((request) => (
              <OwnRequestCard key={request.id} request={request} changed={changed} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
