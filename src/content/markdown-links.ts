import MarkdownIt, { type MarkdownIt as Markdown } from 'markdown-it';

// A host in lower case and a path, query and fragment of what is never encoded; one of them may be all there is.
const plainUrl =
  /^(?:https?:\/\/[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){0,3}(?=[/?#]|$))?(?!\/\/)[\w/.~-]*(?:\?[\w=&.~-]*)?(?:#[\w.~-]*)?$/;
// Without one of these no link can be found in a text, and looking for it is dear.
const linkSigns = /\/\/|mailto:/i;

/** Bare URLs and mail addresses with a scheme become links. Which links may stay is decided in references.ts. */
export function addLinks(markdown: Markdown): void {
  markdown.set({ linkify: true });
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  markdown.validateLink = () => true;
  const normalize = markdown.normalizeLink.bind(markdown);
  markdown.normalizeLink = (url) => (plainUrl.test(url) ? url : normalize(url));
  const linkBlocks = ruleOf('linkify');
  markdown.core.ruler.at('linkify', (state) => {
    const tokens = state.tokens.filter(({ children }) =>
      children?.some(({ type, content }) => type === 'text' && linkSigns.test(content)),
    );
    if (tokens.length > 0) linkBlocks({ ...state, tokens });
  });
}

type Rule = ReturnType<Markdown['core']['ruler']['getRules']>[number];

/** A rule that markdown-it brings for whole texts. */
function ruleOf(name: string): Rule {
  const { ruler } = new MarkdownIt().core;
  ruler.enableOnly(name);
  return ruler.getRules('')[0]!;
}
