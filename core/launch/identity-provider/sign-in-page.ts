import type { Language, Texts } from '../../kernel/index.ts';
import type { SignInKind, TestPerson } from './configuration.ts';
import { escapeHtml } from './escape-html.ts';
import { style } from './page-style.ts';
import { explanation, groupNames, title, usernameHint, words, type GroupName } from './page-texts.ts';

export interface SignInPage {
  language: Language;
  kind: SignInKind;
  /** Code of the municipality whose people come first. */
  municipality: string | undefined;
  search: string;
  municipalities: { code: string; name: Texts }[];
  /** Those named, or those found. */
  people: readonly TestPerson[];
  wrong?: WrongUsername | undefined;
}

/** A user name that opened nothing, and how its holder signs in if there is one. */
export interface WrongUsername {
  typed: string;
  otherWay: SignInKind | undefined;
}

const maxShown = 300;

/** Works without scripts: searching is a form, signing in is a button. */
export function renderSignInPage(page: SignInPage): string {
  const { language, kind } = page;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title[kind][language]} · DigiOne</title><style>${style}</style></head><body>
<header><strong>DigiOne</strong><nav aria-label="${words.language[language]}">${languageLinks(page)}</nav></header>
<main><h1>${title[kind][language]}</h1><p>${explanation[language]}</p>
${usernameForm(page)}
${searchForm(page)}
<form method="post">${peopleList(page)}<footer><button class="plain" name="cancel" value="1">${words.cancel[language]}</button></footer></form>
</main></body></html>`;
}

function languageLinks({ language, search }: SignInPage): string {
  const names = { fi: 'Suomi', sv: 'Svenska', en: 'English' };
  return (Object.keys(names) as Language[])
    .map((code) => {
      const address = `?${new URLSearchParams({ language: code, ...(search && { q: search }) })}`;
      const current = code === language ? ' aria-current="true"' : '';
      return `<a href="${escapeHtml(address)}" lang="${code}" hreflang="${code}"${current}>${names[code]}</a>`;
    })
    .join('');
}

function usernameForm({ language, kind, wrong }: SignInPage): string {
  const fault = wrong && `<p id="fault" class="fault" role="alert">${faultOf(wrong, language)}</p>`;
  const state = wrong ? ' aria-invalid="true" aria-describedby="fault typing" autofocus' : ' aria-describedby="typing"';
  return `<form class="search" method="post"><div><label for="username">${words.username[language]}</label>
<input id="username" name="username" value="${escapeHtml(wrong?.typed ?? '')}" maxlength="100" required autocomplete="off" autocapitalize="none" spellcheck="false"${state}></div>
<button class="plain">${words.enter[language]}</button><p id="typing" class="typing">${usernameHint[kind][language]}</p>${fault ?? ''}</form>`;
}

function faultOf({ typed, otherWay }: WrongUsername, language: Language): string {
  if (typed === '') return words.empty[language];
  return otherWay ? `${words.otherWay[language]} ${title[otherWay][language]}.` : words.unknown[language];
}

function searchForm({ language, search }: SignInPage): string {
  return `<form class="search" method="get" role="search"><input type="hidden" name="language" value="${language}">
<div><label for="q">${words.search[language]}</label><input id="q" name="q" type="search" value="${escapeHtml(search)}" autocomplete="off"></div>
<button class="plain">${words.find[language]}</button>${search ? ` <a href="?language=${language}">${words.all[language]}</a>` : ''}</form>`;
}

function peopleList(page: SignInPage): string {
  const found = matching(page);
  if (found.length === 0) return `<p role="status">${words.none[page.language]}</p>`;
  const sections = page.municipalities.flatMap(({ code, name }) => {
    const people = found.filter(({ municipality }) => municipality === code);
    return people.length > 0 ? [{ code, html: municipalitySection(name, people, page.language) }] : [];
  });
  const first = sections.filter(({ code }) => code === page.municipality);
  const others = sections.filter(({ code }) => code !== page.municipality);
  const html = (list: typeof sections) => list.map((section) => section.html).join('');
  if (first.length === 0 || others.length === 0 || page.search) return html([...first, ...others]);
  return `${html(first)}<details><summary>${words.others[page.language]}</summary>${html(others)}</details>`;
}

function matching({ people, kind }: SignInPage): TestPerson[] {
  return people.filter((person) => person.kind === kind).slice(0, maxShown);
}

function municipalitySection(name: Texts, people: readonly TestPerson[], language: Language): string {
  const groups = Object.groupBy(people, groupOf);
  const lists = (Object.keys(groupNames) as GroupName[]).flatMap((group) => {
    const members = groups[group];
    return members
      ? [
          `<h3>${groupNames[group][language]}</h3><ul>${members.map((person) => button(person, language)).join('')}</ul>`,
        ]
      : [];
  });
  return `<section><h2>${escapeHtml(name[language])}</h2>${lists.join('')}</section>`;
}

function button({ sub, name, hint }: TestPerson, language: Language): string {
  return `<li><button name="sub" value="${escapeHtml(sub)}"><b>${escapeHtml(name)}</b>${escapeHtml(hint[language])}</button></li>`;
}

/** The fourth part of MPASSid's role value, or what the way of signing in says. */
function groupOf({ kind, claims }: TestPerson): GroupName {
  if (kind === 'suomifi') return 'guardian';
  if (kind === 'staff') return 'staff';
  const roles = [claims['urn:mpass.id:role']].flat().map((role) => String(role).split(';')[3]);
  if (roles.includes('Rehtori')) return 'principal';
  return roles.includes('Opettaja') ? 'teacher' : 'student';
}
