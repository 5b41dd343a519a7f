import type { Random } from './random.ts';

export type NameLanguage = 'fi' | 'sv' | 'se' | 'other';

interface NameList {
  given: readonly string[];
  family: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

// Family names are put together from parts, so that a full name is nobody's in particular.
const join = (heads: string, tails: string): readonly string[] =>
  words(heads).flatMap((head) => words(tails).map((tail) => head + tail));

const lists: Record<NameLanguage, NameList> = {
  fi: {
    given: words(`Aada Aarni Aino Aliisa Anni Anton Eeli Eemil Eevi Elias Ella Elli Emmi Enni Eino Helmi Hilla Hugo Iida
      Iisa Inka Jalmari Joel Juho Kaarlo Kerttu Lauri Leevi Lenni Lilja Lotta Lumi Luukas Martta Mila Minea Nelli Niilo
      Nooa Oiva Onni Otso Paavo Pihla Pinja Rasmus Saana Samuel Seela Senni Sisu Sohvi Taimi Toivo Touko Tuuli Urho
      Vanamo Veikko Venla Viljo Väinö`),
    family: join(
      'Ranta Koski Niemi Järvi Lehto Mänty Kuusi Harju Pelto Saari Suo Vuori Ketu Kivi Hieta Tuomi',
      'salmi mäki laakso ketola pohja vaara virta järvi lampi rinne kangas oja',
    ),
  },
  sv: {
    given: words(`Alva Anders Axel Astrid Björn Edvin Elsa Emil Filip Frej Gösta Hanna Hugo Ines Isak Karl Liv Linnéa
      Majken Malte Märta Nils Olof Oskar Saga Sigrid Stina Sven Tyra Åke Åsa Östen`),
    family: join('Björk Berg Gran Sjö Strand Lind Ås Ö Ek Norr Häll Käll', 'ström kvist man gård berg dahl blad näs'),
  },
  se: {
    given:
      words(`Áilu Ánne Biret Dávvet Elle Gáddjá Iŋgá Issát Juoksa Káre Lásse Máhtte Máret Niillas Nilla Ovllá Risten
      Sámmol Sárá Ŧáija Uŋŋás Žádá`),
    family: words(`Bávttos Čáhcesuolu Čeavžá Deavvus Đuottar Fielbmá Gáissá Guođoheaddji Hánseŋ Jávrrit Luoppal
      Luovosŋárga Njuorggán Ohcejohka Šákša Ŧuoddar Vuolleŋ`),
  },
  other: {
    given:
      words(`Adam Aisha Amina Anastasia Artjom Dmitri Fatima Hamza Ilja Ivan Kaarel Karina Liis Maksim Mariam Mikael
      Nadia Omar Polina Sofia Yasmin Yusuf Zahra`),
    family: words(`Abdifar Asimov Baranyan Demirsoy Farahzad Haddadin Ivanenkov Jamaluddin Karimzai Kuusmets Lebedenko
      Mahmoudi Nguyenh Orlovets Petrenkov Rahimpour Saarmets Tammsoo Warsamen Yilmazer`),
  },
};

/** Which lists a municipality draws its families from, by weight. */
export function pickNameLanguage(random: Random, main: 'fi' | 'sv', samiShare: number): NameLanguage {
  if (random.chance(samiShare)) return 'se';
  if (random.chance(0.1)) return 'other';
  const minority = main === 'fi' ? 'sv' : 'fi';
  return random.chance(0.08) ? minority : main;
}

export function pickFamilyName(random: Random, language: NameLanguage): string {
  return random.pick(lists[language].family);
}

export function pickGivenName(random: Random, language: NameLanguage): string {
  return random.pick(lists[language].given);
}
