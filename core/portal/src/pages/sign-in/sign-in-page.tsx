import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { SignInOptions, SignInPlace } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { safeReturn } from '../../session/sign-in-address.ts';
import { PasskeySignIn } from '../account/passkey-sign-in.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { ProviderChoice } from './provider-choice.tsx';
import './sign-in.css';

export function SignInPage() {
  const { t } = useTranslation();
  const options = useAnswer<SignInOptions>('/api/sign-in/options');
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')}>
      <div className="sign-in">
        <Answered of={options}>{({ municipalities }) => <Steps places={municipalities} />}</Answered>
        <p>
          <Link to="/no-role">{t('signIn.askTitle')}</Link>
        </p>
      </div>
    </Page>
  );
}

function Steps({ places }: { places: readonly SignInPlace[] }): ReactNode {
  const [search] = useSearchParams();
  const [code, setCode] = useState(rememberedPlace(places));
  const returnTo = safeReturn(search.get('returnTo'));
  function choose(next: string): void {
    localStorage.setItem(memory, next);
    setCode(next);
  }
  const place = places.find((one) => one.code === code);
  return (
    <div className="stack">
      <PlaceChoice places={places} code={code} choose={choose} />
      <ProviderChoice place={place} returnTo={returnTo} />
      <PasskeySignIn returnTo={returnTo} />
    </div>
  );
}

const memory = 'digione-municipality';

/** Most people sign in to one municipality only: the last choice is offered first, on this device. */
function rememberedPlace(places: readonly SignInPlace[]): string {
  const last = localStorage.getItem(memory);
  return places.find(({ code }) => code === last)?.code ?? '';
}
