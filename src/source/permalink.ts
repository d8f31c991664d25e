import { hidesSteps, isPathInUtf8, toAbsoluteUrl } from '../lib/url.ts';
import { type Field, type Fields, find, readText, report } from './fields.ts';
import { extensionOf, roleOf } from './roles.ts';

// Jekyll's names for its templates.
const styles = ['date', 'pretty', 'ordinal', 'weekdate', 'none'];

/**
 * `permalink`, `url` or `path`: an absolute path or URL. A template is some generator's own business, and
 * ignored with a warning; so is a path that programs would resolve or spell differently.
 */
export function readPermalink(fields: Fields): string | undefined {
  const field = find(fields, ['permalink', 'url']) ?? pagePath(fields);
  // Eleventy's `permalink: false`: it has no page there.
  if (field === undefined || String(field.value).toLowerCase() === 'false') return undefined;
  const text = readText(fields, [field.name]);
  if (text === undefined) return undefined;
  if (isTemplate(text)) report(fields, field, 'a path or URL, as templates are ignored');
  else if (/^[a-z][a-z\d+.-]*:/i.test(text) || text.startsWith('//')) return toUrl(fields, field, text);
  else return toPath(fields, field, text.startsWith('/') ? text : `/${text}`);
  return undefined;
}

/** Zola's `path`. Others note under this name where the file lies, or a picture of it, which is no page's address. */
function pagePath(fields: Fields): Field | undefined {
  const field = find(fields, ['path']);
  if (typeof field?.value !== 'string') return undefined;
  return roleOf(field.value) === undefined || extensionOf(field.value) === '.html' ? field : undefined;
}

function isTemplate(text: string): boolean {
  return /\{\{|\{%|<%|\$\{|(?:^|\/):[a-z]/i.test(text) || styles.includes(text);
}

function toUrl(fields: Fields, field: Field, text: string): string | undefined {
  const url = toAbsoluteUrl(text);
  if (url === undefined) report(fields, field, 'a path, or an http or https URL');
  return url === undefined ? undefined : toPath(fields, field, url);
}

function toPath(fields: Fields, field: Field, link: string): string | undefined {
  if (hidesSteps(link)) {
    report(fields, field, 'a path without “..”, “.”, backslashes or control characters in its percent-encoding');
  } else if (!isPathInUtf8(link)) report(fields, field, 'a path whose percent-encoding is UTF-8');
  else return link;
  return undefined;
}
