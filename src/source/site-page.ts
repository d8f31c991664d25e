import { type Fields, find, scalarText } from './fields.ts';

// Layouts of what a site has besides its articles, by the names that Jekyll's themes have in common.
const pageLayouts = /^(?:page|home|index|404|error)$/i;
const pageAddresses = /^\/?(?:(?:index|404|500)(?:\.html)?\/?)?$/;

// At the root, by the names that hosts of repositories look for; `license.md` may be an article.
const ofRepository =
  /^(?:LICEN[CS]E|COPYING|CONTRIBUTING|CONTRIBUTORS|CODE_OF_CONDUCT)(?:[-.][\w-]+)?\.(?:md|markdown|txt)$/;

/** Whether an undated file is a page of its site, such as the home page, “About” or a 404, by what its name or front matter says. */
export function isSitePage(fields: Fields): boolean {
  if (/(?:^|\/)_posts\//.test(fields.file)) return false;
  if (ofRepository.test(fields.file)) return true;
  const layout = scalarText(find(fields, ['layout'])?.value);
  const address = scalarText(find(fields, ['permalink', 'url'])?.value);
  if (address !== undefined && pageAddresses.test(address)) return true;
  return layout !== undefined && (pageLayouts.test(layout) || /^(?:index|404|500)\.[^/]*$/i.test(fields.file));
}
