/** Attributes that every element may keep. */
export const globalAttributes: ReadonlySet<string> = words('id lang dir title');

/** Elements without content and end tag. */
export const voidElements: ReadonlySet<string> = words('br hr img wbr source track col');

/**
 * What a feed reader shows: each element that is kept and the attributes of its own. All of them pass the W3C feed
 * validator, which is why `bdo`, `rb` and `rtc` are missing.
 */
export const keptElements: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    ...words('h1 h2 h3 h4 h5 h6 p div section article aside header footer address hgroup'),
    ...words('figure figcaption summary ul dl dt dd tr tbody thead tfoot caption'),
    ...words('picture em strong b i u s small mark sub sup kbd samp var cite abbr dfn ruby rt rp bdi span br hr wbr'),
    'a: href rel hreflang type class',
    'audio: src controls loop muted preload',
    'blockquote: cite',
    'code: class',
    'col: span',
    'colgroup: span',
    'del: cite datetime',
    'details: open',
    'img: src srcset sizes alt width height loading',
    'ins: cite datetime',
    'li: value',
    'ol: start reversed type',
    'pre: class',
    'q: cite',
    'section: class',
    'source: src srcset sizes media type width height',
    'sup: class',
    'table:',
    'td: align colspan rowspan headers',
    'th: align colspan rowspan headers scope abbr',
    'time: datetime',
    'track: src kind srclang label default',
    'video: src poster width height controls loop muted preload playsinline',
  ].map((line) => {
    const [name = '', attributes = ''] = line.split(':');
    return [name, words(attributes)];
  }),
);

/** Elements that are written under another name. */
export const renamedElements: ReadonlyMap<string, string> = new Map([
  ['acronym', 'abbr'],
  ['amp-anim', 'img'],
  ['amp-img', 'img'],
  ['bdo', 'bdi'],
  ['center', 'div'],
  ['dialog', 'div'],
  ['dir', 'ul'],
  ['fieldset', 'div'],
  ['form', 'div'],
  ['listing', 'pre'],
  ['main', 'div'],
  ['menu', 'ul'],
  ['nav', 'div'],
  ['plaintext', 'pre'],
  ['search', 'div'],
  ['strike', 's'],
  ['tt', 'code'],
  ['xmp', 'pre'],
]);

/** Elements that go with all that is in them: programs, styles, controls, and what no reader draws. */
export const droppedElements: ReadonlySet<string> = words(
  'annotation annotation-xml area base basefont bgsound button datalist frameset input keygen link meta noembed ' +
    'noframes option optgroup param script select style svg template textarea title',
);

/** Elements whose start tag ends an open paragraph (HTML, "in body" insertion mode). */
export const paragraphEnders: ReadonlySet<string> = words(
  'address article aside blockquote details div dl dd dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr ' +
    'li ol p pre section summary table ul',
);

/** Elements that begin and end a line of text. */
export const blockElements: ReadonlySet<string> = new Set([
  ...paragraphEnders,
  ...words('caption colgroup tbody thead tfoot tr audio video'),
]);

function words(text: string): Set<string> {
  return new Set(text.split(' ').filter((word) => word !== ''));
}
