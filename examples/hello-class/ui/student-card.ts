import { element } from './elements.ts';
import { text } from './texts.ts';

/** A learner as the backend tells. */
export interface Student {
  id: string;
  name: string;
  note: string;
  noteAllowed: boolean;
}

/** What a card needs from the page. */
export interface CardDeps {
  language: 'fi' | 'sv' | 'en';
  /** What was typed and not saved yet, by learner; it outlives a new drawing of the page. */
  drafts: Map<string, string>;
  save(student: string, note: string): Promise<boolean>;
}

/** One learner: a name, and the note's field or the words why there is none. */
export function studentCard(student: Student, deps: CardDeps): HTMLLIElement {
  const card = element('li', { className: 'student' });
  card.append(element('h2', { textContent: student.name }));
  if (student.noteAllowed) card.append(...noteField(student, deps));
  else card.append(element('p', { className: 'quiet', textContent: text(deps.language, 'notAllowed') }));
  return card;
}

function noteField(student: Student, { language, drafts, save }: CardDeps): HTMLElement[] {
  const field = element('textarea', { value: drafts.get(student.id) ?? student.note, maxLength: 500 });
  field.setAttribute('aria-label', text(language, 'note', student.name));
  field.addEventListener('input', () => drafts.set(student.id, field.value));
  const outcome = element('span');
  outcome.setAttribute('role', 'status');
  const button = element('button', { type: 'button', textContent: text(language, 'save') });
  button.setAttribute('aria-label', text(language, 'saveFor', student.name));
  button.addEventListener('click', async () => {
    outcome.textContent = '';
    const sent = field.value;
    const saved = await save(student.id, sent);
    if (saved && field.value === sent) drafts.delete(student.id);
    outcome.textContent = text(language, saved ? 'saved' : 'notSaved');
  });
  const row = element('div', { className: 'save' });
  row.append(button, outcome);
  return [field, row];
}
