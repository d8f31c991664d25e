/**
 * <linecaster-feed src="https://news.example/feed.json" limit="5" theme="auto"> shows the newest entries of a JSON Feed.
 * Colours are those of the page around, unless theme says light or dark.
 * What stands inside the element is shown until the feed is there, and when it cannot be had.
 * Parts to style: title, list, item, link, time, status. Custom properties: --linecaster-ink, -soft, -rule, -accent,
 * -paper, -font, -gap. The attribute `state` says loading, ready, empty or failed; an event of that name follows it.
 */
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; overflow-wrap: anywhere; font: var(--linecaster-font, inherit);
  color: var(--linecaster-ink, inherit); background: var(--linecaster-paper, transparent); }
:host([theme="light"]) { color-scheme: only light; color: var(--linecaster-ink, #1d1b17); background: var(--linecaster-paper, #fcfaf5); }
:host([theme="dark"]) { color-scheme: only dark; color: var(--linecaster-ink, #ece7dc); background: var(--linecaster-paper, #161513); }
:host([hidden]), [hidden] { display: none; }
[part="status"] { margin: 0; }
[part="title"] { margin: 0 0 var(--linecaster-gap, 0.6em); font-weight: 700; }
[part="list"] { margin: 0; padding: 0; list-style: none; }
[part="item"] { padding: var(--linecaster-gap, 0.6em) 0; border-top: 1px solid var(--linecaster-rule, color-mix(in srgb, currentColor 22%, transparent)); }
[part="link"] { display: block; color: inherit; text-decoration: none; }
[part="link"]:hover { text-decoration: underline; }
[part="link"]:focus-visible { outline: 2px solid var(--linecaster-accent, currentColor); outline-offset: 2px; }
[part="time"], [part="status"] { color: var(--linecaster-soft, color-mix(in srgb, currentColor 75%, transparent)); font-size: 0.85em; }
`);

const words = {
  loading: 'Loading …',
  empty: 'Nothing here just now.',
  failed: 'These headlines cannot be reached just now.',
};

/** One request for each feed, however many elements show it; kept for as long as the answer says it is fresh. */
const answers = new Map();

function load(src) {
  const known = answers.get(src);
  if (known && known.until > Date.now()) return known.answer;
  const entry = { until: Infinity };
  entry.answer = ask(src).then(
    ({ feed, seconds }) => {
      entry.until = Date.now() + seconds * 1000;
      return { feed, seconds };
    },
    (error) => {
      // A server in trouble is not asked again at once.
      entry.until = Date.now() + 60_000;
      throw error;
    },
  );
  answers.set(src, entry);
  return entry.answer;
}

/** No header of our own and no credentials, so that no preflight is needed (Fetch §3.2). */
async function ask(src) {
  const silence = new AbortController();
  let timer;
  // From the last byte on: over a slow line a feed may take its time.
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(new Error(`${src}: no answer for 20 seconds`)), 20_000);
  };
  wait();
  const response = await fetch(src, { credentials: 'omit', signal: silence.signal });
  if (!response.ok) throw new Error(`${src}: ${response.status}`);
  const heard = new TransformStream({
    transform(bytes, out) {
      wait();
      out.enqueue(bytes);
    },
  });
  const feed = await new Response(response.body.pipeThrough(heard)).json();
  if (!Array.isArray(feed.items)) throw new Error(`${src}: expected a JSON Feed`);
  const [, age] = /max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '') ?? [];
  return { feed, seconds: Math.min(Math.max(Number(age ?? 300), 60), 86_400) };
}

/** Where a link leads, if that is the web. */
function toWebUrl(text, base) {
  if (!text) return undefined;
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function make(name, part, text) {
  const element = document.createElement(name);
  element.part = part;
  element.textContent = text;
  return element;
}

class LinecasterFeed extends HTMLElement {
  static observedAttributes = ['src', 'limit'];
  #root = this.attachShadow({ mode: 'open' });
  #status = make('p', 'status', '');
  #timer;
  #shown;

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet];
    this.#status.setAttribute('role', 'status');
    // One that is only moved, as frameworks do, still shows its feed.
    if (!this.#shown) this.#showFallback();
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === 'limit' && this.#shown) return this.#show(this.#shown, this.#src);
    this.#shown = undefined;
    if (!this.isConnected) return;
    this.#showFallback();
    this.#refresh();
  }

  get #src() {
    return toWebUrl(this.getAttribute('src'), document.baseURI);
  }

  #showFallback() {
    this.#root.replaceChildren(document.createElement('slot'), this.#status);
  }

  #onVisible = () => {
    if (!document.hidden) this.#refresh();
  };

  async #refresh() {
    clearTimeout(this.#timer);
    const src = this.#src;
    if (!this.#shown) this.#say('loading');
    let seconds = 60;
    try {
      if (!src) throw new Error('expected an http or https URL in src');
      const answer = await load(src);
      seconds = answer.seconds;
      if (src === this.#src && this.#shown !== answer.feed) this.#show(answer.feed, src);
    } catch (error) {
      // What is shown already stays: old news is better than none.
      if (!this.#shown) this.#say('failed');
      console.info(`linecaster-feed: ${error.message}`);
    }
    // A page that nobody sees asks for nothing; it does when it is seen again.
    if (this.isConnected) this.#timer = setTimeout(() => document.hidden || this.#refresh(), seconds * 1000 + 500);
  }

  #show(feed, src) {
    const limit = Math.min(Math.max(Math.floor(Number(this.getAttribute('limit') ?? 5)) || 5, 1), 100);
    const items = feed.items.filter(Boolean).slice(0, limit);
    const rows = items.map((item) => this.#toItem(item, feed, src));
    this.#shown = feed;
    if (rows.length === 0) {
      // Nor what was there before: it may have been withdrawn.
      this.#showFallback();
      return this.#say('empty');
    }
    const list = make('ul', 'list', '');
    list.setAttribute('role', 'list');
    list.append(...rows);
    const title = make('p', 'title', String(feed.title ?? ''));
    title.dir = 'auto';
    if (feed.language) list.lang = title.lang = feed.language;
    list.setAttribute('aria-label', title.textContent);
    this.#root.replaceChildren(title, list, this.#status);
    this.#say('ready');
  }

  #toItem(item, feed, src) {
    const text = String(item.title || item.content_text || item.summary || item.url || '').slice(0, 300);
    const href = toWebUrl(item.url, src);
    const link = make(href ? 'a' : 'span', 'link', text);
    if (href) {
      link.href = href;
      link.rel = 'noopener';
    }
    const row = make('li', 'item', '');
    // As its title runs; the date, which does not count for that, stands at the same side.
    row.dir = 'auto';
    if (item.language) row.lang = item.language;
    row.append(link);
    const date = new Date(item.date_published);
    if (!Number.isNaN(date.getTime())) {
      const time = make('time', 'time', toDay(date, feed.language));
      time.dateTime = date.toISOString();
      time.dir = 'auto';
      row.append(time);
    }
    return row;
  }

  #say(state) {
    this.#status.textContent = words[state] ?? '';
    this.#status.hidden = state === 'ready';
    if (this.getAttribute('state') === state) return;
    this.setAttribute('state', state);
    this.dispatchEvent(new CustomEvent(state, { bubbles: true }));
  }
}

function toDay(date, language) {
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(date);
  } catch {
    return date.toISOString().slice(0, 10);
  }
}

if (!customElements.get('linecaster-feed')) customElements.define('linecaster-feed', LinecasterFeed);

// A frame of a feed says how high it is: its element takes that height. Only the very frame's own site is heard.
addEventListener('message', ({ source, origin, data }) => {
  if (data?.type !== 'linecaster:height') return;
  for (const frame of document.querySelectorAll('iframe[src*="/embed/"]')) {
    if (frame.contentWindow === source && new URL(frame.src).origin === origin)
      frame.height = Math.min(Math.max(Number(data.height) || 0, 40), 5000);
  }
});
