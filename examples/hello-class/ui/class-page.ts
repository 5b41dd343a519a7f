import type { Bridge } from '@digione/sdk/ui';
import type plugin from '../backend.ts';
import { element, part } from './elements.ts';
import { studentCard } from './student-card.ts';
import { text } from './texts.ts';

type Digione = Bridge<typeof plugin.calls>;
type Shown = Awaited<ReturnType<typeof plugin.calls.todaysClass>>;

/** The whole page: a choice of class and a card for each learner. */
export async function showClass(digione: Digione): Promise<void> {
  const classes = part<HTMLSelectElement>('class');
  const drafts = new Map<string, string>();
  let shown: Shown | undefined;

  classes.addEventListener('change', () => load(classes.value));
  digione.on('language', draw);
  digione.on('changed', () => load(classes.value));
  draw();
  await load((digione.argument as { class?: string } | null)?.class);

  async function load(id: string | undefined): Promise<void> {
    say('loading');
    try {
      shown = await digione.call('todaysClass', id ? { class: id } : {});
      draw();
    } catch {
      // The portal's log has the reason; here it matters only that nothing was lost and that trying again is safe.
      say('failed');
      const again = element('button', { type: 'button', textContent: text(digione.language, 'again') });
      again.addEventListener('click', () => load(id));
      part('status').append(' ', again);
    }
  }

  function draw(): void {
    const { language } = digione;
    part('title').textContent = text(language, 'title');
    part('class-label').textContent = text(language, 'class');
    document.title = text(language, 'title');
    if (shown) drawClass(shown);
  }

  function drawClass({ classes: all, class: chosen, students }: Shown): void {
    const { language } = digione;
    classes.replaceChildren(...all.map(({ id, title = '–' }) => new Option(title, id, id === chosen, id === chosen)));
    classes.disabled = all.length === 0;
    part('students').replaceChildren(...students.map((student) => studentCard(student, { language, drafts, save })));
    if (students.length > 0) part('status').textContent = '';
    else say(all.length === 0 ? 'noClasses' : 'noStudents');
  }

  async function save(student: string, note: string): Promise<boolean> {
    try {
      const { saved } = await digione.call('saveNote', { student, text: note });
      if (!saved) await load(classes.value);
      return saved;
    } catch {
      // The card says so and keeps the text.
      return false;
    }
  }

  function say(key: 'loading' | 'failed' | 'noClasses' | 'noStudents'): void {
    part('status').textContent = text(digione.language, key);
  }
}
