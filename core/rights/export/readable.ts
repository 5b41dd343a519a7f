import type { Language } from '../../kernel/index.ts';
import type { ExportManifest, SourceMark } from './manifest.ts';
import { fieldWord, pageWords } from './readable-words.ts';

const style = `body{font:17px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1.5rem;color:#222}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}th,td{border:1px solid #ccc;padding:.4rem .6rem;text-align:left;vertical-align:top}
th{background:#eef3f9}.note{background:#fff6e0;border-left:4px solid #d99a00;padding:.6rem 1rem}td{overflow-wrap:anywhere;min-width:6rem}`;

/** Whatever the data holds is text: nothing of it is ever markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function page(language: Language, title: string, body: string): string {
  const policy = `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  return `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8">${policy}<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>\n`;
}

/** The first page of an archive: what it holds and what it does not. */
export function indexPage(manifest: ExportManifest): string {
  const { language, sources, readyAt, municipality } = manifest;
  const say = (word: keyof typeof pageWords) => escapeHtml(pageWords[word][language]);
  const rows = sources.map(
    (mark) => `<tr><th scope="row"><a href="pages/${mark.source}.html">${escapeHtml(mark.title[language])}</a></th>
<td>${mark.rows}</td><td>${say(mark.completeness)}</td></tr>`,
  );
  const body = `<h1>${say('title')}</h1><p>${say('lead')}</p><p>${say('made')}: ${readyAt} · ${escapeHtml(municipality[language])}</p>
<table><thead><tr><th scope="col">${say('source')}</th><th scope="col">${say('rows')}</th><th scope="col">${say('state')}</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
  return page(language, pageWords.title[language], body);
}

/** One group of data as a table a person can read. */
export function sourcePage(mark: SourceMark, rows: readonly Record<string, unknown>[], language: Language): string {
  const say = (word: keyof typeof pageWords) => escapeHtml(pageWords[word][language]);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => `<th scope="col">${escapeHtml(fieldWord(column, language))}</th>`).join('');
  const lines = rows.map(
    (row) => `<tr>${columns.map((column) => `<td>${cell(row[column], language)}</td>`).join('')}</tr>`,
  );
  const table =
    rows.length === 0
      ? `<p>${say('none')}</p>`
      : `<table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table>`;
  const title = mark.title[language];
  const body = `<p><a href="../index.html">${say('back')}</a></p><h1>${escapeHtml(title)}</h1>${table}${filesOf(mark, language)}${withheldOf(mark, language)}`;
  return page(language, title, body);
}

function filesOf({ files }: SourceMark, language: Language): string {
  if (files.length === 0) return '';
  const items = files.map(({ name }) => `<li><a href="../${escapeHtml(encodeURI(name))}">${escapeHtml(name)}</a></li>`);
  return `<h2>${escapeHtml(pageWords.files[language])}</h2><ul>${items.join('')}</ul>`;
}

function withheldOf({ withheld }: SourceMark, language: Language): string {
  if (withheld.length === 0) return '';
  const items = withheld.map(({ text, rows, fields }) => {
    const names = fields.map((field) => fieldWord(field, language)).join(', ');
    const more = [names, rows ? `${pageWords.rows[language].toLowerCase()}: ${rows}` : ''].filter(Boolean).join('; ');
    return `<li>${escapeHtml(text[language])}${more ? ` (${escapeHtml(more)})` : ''}</li>`;
  });
  return `<div class="note"><h2>${escapeHtml(pageWords.withheld[language])}</h2><ul>${items.join('')}</ul></div>`;
}

function cell(value: unknown, language: Language): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return escapeHtml(pageWords[value ? 'yes' : 'no'][language]);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return escapeHtml(value.join(', '));
  if (typeof value === 'object') return escapeHtml(JSON.stringify(value));
  return escapeHtml(String(value));
}
