import { useTranslation } from 'react-i18next';
import type { SignInPlace } from '../../api/shapes.ts';
import { useWords } from '../../look/use-words.ts';

interface PlaceChoiceProps {
  places: readonly SignInPlace[];
  code: string;
  choose: (code: string) => void;
}

export function PlaceChoice({ places, code, choose }: PlaceChoiceProps) {
  const { t } = useTranslation();
  const { pick } = useWords();
  return (
    <fieldset className="card">
      <legend className="legend">{t('signIn.municipality')}</legend>
      <div className="places">
        {places.map((place) => (
          <label key={place.code} className="place">
            <input
              type="radio"
              name="municipality"
              value={place.code}
              checked={place.code === code}
              onChange={() => choose(place.code)}
            />
            <span>{pick(place.name)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
