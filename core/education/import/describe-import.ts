import type { Language } from '../../kernel/index.ts';
import type { ImportReport } from './import-bundle.ts';

/** One thing that an import did or would do, for one and for many. */
type Phrase = Record<Language, (count: number) => string>;

const counted =
  (one: string, many: string) =>
  (count: number): string =>
    count === 1 ? `1 ${one}` : `${count} ${many}`;

const phrases = {
  newLearners: {
    fi: counted('uusi oppilas', 'uutta oppilasta'),
    sv: counted('ny elev', 'nya elever'),
    en: counted('new learner', 'new learners'),
  },
  leavingLearners: {
    fi: counted('oppilas lähtee', 'oppilasta lähtee'),
    sv: counted('elev slutar', 'elever slutar'),
    en: counted('learner leaves', 'learners leave'),
  },
  otherNew: {
    fi: counted('muu uusi henkilö', 'muuta uutta henkilöä'),
    sv: counted('annan ny person', 'andra nya personer'),
    en: counted('other new person', 'other new people'),
  },
  otherLeaving: {
    fi: counted('muu henkilö lähtee', 'muuta henkilöä lähtee'),
    sv: counted('annan person slutar', 'andra personer slutar'),
    en: counted('other person leaves', 'other people leave'),
  },
  changedPeople: {
    fi: counted('henkilön tiedot muuttuvat', 'henkilön tiedot muuttuvat'),
    sv: counted('persons uppgifter ändras', 'personers uppgifter ändras'),
    en: counted('person’s details change', 'people’s details change'),
  },
  newClasses: {
    fi: counted('uusi ryhmä', 'uutta ryhmää'),
    sv: counted('ny klass', 'nya klasser'),
    en: counted('new class', 'new classes'),
  },
  endingClasses: {
    fi: counted('ryhmä päättyy', 'ryhmää päättyy'),
    sv: counted('klass upphör', 'klasser upphör'),
    en: counted('class ends', 'classes end'),
  },
  newMemberships: {
    fi: counted('uusi ryhmän jäsenyys', 'uutta ryhmän jäsenyyttä'),
    sv: counted('nytt klassmedlemskap', 'nya klassmedlemskap'),
    en: counted('new class membership', 'new class memberships'),
  },
  endingMemberships: {
    fi: counted('ryhmän jäsenyys päättyy', 'ryhmän jäsenyyttä päättyy'),
    sv: counted('klassmedlemskap upphör', 'klassmedlemskap upphör'),
    en: counted('class membership ends', 'class memberships end'),
  },
  newGuardianships: {
    fi: counted('huoltaja saa pääsyn lapsensa tietoihin', 'huoltajasuhdetta saa pääsyn lapsen tietoihin'),
    sv: counted('vårdnadshavare får tillgång till sitt barns uppgifter', 'vårdnadsförhållanden ger tillgång'),
    en: counted('guardian gains access', 'guardian links give access'),
  },
  endingGuardianships: {
    fi: counted('huoltajan pääsy päättyy', 'huoltajan pääsyä päättyy'),
    sv: counted('vårdnadshavares tillgång upphör', 'vårdnadshavares tillgång upphör'),
    en: counted('guardian loses access', 'guardians lose access'),
  },
  waitingGuardianships: {
    fi: counted('huoltaja saisi pääsyn: vahvistuksesi tarvitaan', 'huoltajaa saisi pääsyn: vahvistuksesi tarvitaan'),
    sv: counted(
      'vårdnadshavare skulle få tillgång: kräver din bekräftelse',
      'vårdnadshavare skulle få tillgång: kräver din bekräftelse',
    ),
    en: counted(
      'guardian would gain access: needs your confirmation',
      'guardians would gain access: needs your confirmation',
    ),
  },
  waitingRoles: {
    fi: counted('laaja rooli odottaa vahvistustasi', 'laajaa roolia odottaa vahvistustasi'),
    sv: counted('omfattande roll väntar på din bekräftelse', 'omfattande roller väntar på din bekräftelse'),
    en: counted(
      'role over a whole school waits for your confirmation',
      'roles over whole schools wait for your confirmation',
    ),
  },
  problems: {
    fi: counted('huomautus tiedostoista', 'huomautusta tiedostoista'),
    sv: counted('anmärkning om filerna', 'anmärkningar om filerna'),
    en: counted('remark about the files', 'remarks about the files'),
  },
} satisfies Record<string, Phrase>;

const stopped: Record<Language, (files: string) => string> = {
  fi: (files) => `Pysäytetty: poistuvia olisi sallittua enemmän (${files}). Mitään ei ole muutettu.`,
  sv: (files) => `Stoppad: mer än tillåtet skulle tas bort (${files}). Inget har ändrats.`,
  en: (files) => `Stopped: more would be removed than is allowed (${files}). Nothing has been changed.`,
};

const nothing: Record<Language, string> = { fi: 'Ei muutoksia', sv: 'Inga ändringar', en: 'No changes' };

/** What an import did, or a dry run would do, in words; only what is not zero. */
export function describeImport(report: ImportReport, language: Language): string[] {
  const numbers = numbersOf(report);
  const lines = (Object.keys(phrases) as (keyof typeof phrases)[]).flatMap((name) => {
    const count = numbers[name];
    return count > 0 ? [phrases[name][language](count)] : [];
  });
  if (report.outcome === 'stopped') lines.unshift(stopped[language](report.tooMuchRemoved.join(', ')));
  return lines.length > 0 ? lines : [nothing[language]];
}

function numbersOf({ counts, problemCount }: ImportReport): Record<keyof typeof phrases, number> {
  const { users, classes, enrollments, guardianships, newLearners = 0, leavingLearners = 0, waitingRoles = 0 } = counts;
  return {
    newLearners,
    leavingLearners,
    otherNew: (users?.added ?? 0) - newLearners,
    otherLeaving: (users?.removed ?? 0) - leavingLearners,
    changedPeople: users?.changed ?? 0,
    newClasses: classes?.added ?? 0,
    endingClasses: classes?.removed ?? 0,
    newMemberships: enrollments?.added ?? 0,
    endingMemberships: enrollments?.removed ?? 0,
    newGuardianships: guardianships?.added ?? 0,
    endingGuardianships: guardianships?.removed ?? 0,
    waitingGuardianships: guardianships?.waiting ?? 0,
    waitingRoles,
    problems: problemCount,
  };
}
