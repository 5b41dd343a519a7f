import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../look/chip.tsx';
import { Facts } from '../../look/facts.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import type { CaseView } from './case-shape.ts';

/** A question and, once there is one, its answer. `staff` also names the learner and the asker. */
export function CaseCard({ of, staff, children }: { of: CaseView; staff?: boolean; children?: ReactNode }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const named = useNamed();
  const { about, answer } = of;
  const line = about && [moment(about.at), about.plugin, about.who && named(`roles.${about.who}`, about.who)];
  return (
    <li className="card">
      <div className="row row-apart">
        <p>
          <strong>{of.question}</strong>
        </p>
        <Chip tone={answer ? 'good' : 'warn'}>{t(answer ? 'cases.answered' : 'cases.waiting')}</Chip>
      </div>
      <Facts
        shape="compact"
        facts={[
          [t('cases.child'), staff ? of.child.name : ''],
          [t('cases.asker'), staff ? named(`roles.${of.askedRole}`, of.askedRole) : ''],
          [t('cases.asked'), moment(of.askedAt)],
          [t('cases.about'), line?.filter(Boolean).join(' · ')],
          [
            t('cases.answer'),
            answer && `${answer.text} (${named(`roles.${answer.role}`, answer.role)}, ${moment(answer.at)})`,
          ],
        ]}
      />
      {children}
    </li>
  );
}
