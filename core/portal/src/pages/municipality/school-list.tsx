import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MunicipalityPlugin, School } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { SearchForm } from '../../look/search-form.tsx';
import { SchoolRow } from './school-row.tsx';
import './municipality.css';

const searchFrom = 8;

export function SchoolList({ agreed, changed }: { agreed: MunicipalityPlugin; changed: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const schools = useAnswer<School[]>('/api/municipality/schools');
  return (
    <Answered of={schools}>
      {(all) => {
        const shown = all.filter(({ name }) => name.toLocaleLowerCase().includes(words.toLocaleLowerCase()));
        return (
          <>
            {all.length >= searchFrom && (
              <SearchForm label={t('municipality.schoolSearch')} words={words} search={setWords} />
            )}
            {shown.length === 0 && <EmptyState title={t('municipality.noSchool')} icon="search" />}
            <ul className="plain schools">
              {shown.map((school) => (
                <SchoolRow key={school.id} school={school} agreed={agreed} changed={changed} />
              ))}
            </ul>
          </>
        );
      }}
    </Answered>
  );
}
