import { codeOf, type Context, definePlugin, type View } from '@digione/sdk/backend';

const notesOf = ({ storage }: Context) => storage.collection<{ text: string }>('notes');

async function todaysClass(argument: { class?: string }, context: Context) {
  const { classes } = await context.education.classes();
  const chosen = classes.find(({ id }) => id === argument.class) ?? classes[0];
  if (!chosen) return { classes, students: [] };
  const { students } = await context.education.students({ class: chosen.id });
  const ids = students.map(({ id }) => id);
  const allowed = await notesOf(context).allowed(ids);
  const { records } = await notesOf(context).list({ subjects: ids, limit: 500 });
  const rows = students.map(({ id, givenName = '', familyName = '' }) => {
    const note = records.find(({ subject }) => subject === id)?.value.text ?? '';
    return { id, name: `${familyName} ${givenName}`.trim(), note, noteAllowed: allowed.includes(id) };
  });
  return { classes, class: chosen.id, students: rows };
}

async function saveNote({ student, text }: { student: string; text: string }, context: Context) {
  try {
    if (text.trim() === '') await notesOf(context).remove(student);
    else await notesOf(context).put({ id: student, subject: student, value: { text: text.trim() } });
    return { saved: true };
  } catch (error) {
    if (codeOf(error) === 'not-allowed') return { saved: false };
    throw error;
  }
}

async function home({ education, i18n }: Context): Promise<View> {
  const { classes } = await education.classes();
  const label = i18n.pick({ fi: 'Omat luokat', sv: 'Egna klasser', en: 'My classes' });
  const entry = (id: string, text = '–') => ({ text, action: { page: 'main', argument: { class: id } } });
  return { kind: 'list', label, items: classes.map(({ id, title }) => entry(id, title)) };
}

export default definePlugin({ calls: { todaysClass, saveNote }, tiles: { home } });
