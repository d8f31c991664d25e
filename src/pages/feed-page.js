/* Adds to a feed's page what needs a script: buttons that copy, and the choices of the embed builder. */
for (const address of document.querySelectorAll('.address')) {
  const what = address.closest('dd')?.previousElementSibling?.textContent.trim() ?? 'snippet';
  const button = document.createElement('button');
  const say = (text) => {
    button.textContent = text;
    button.setAttribute('aria-label', `${text}: ${what}`);
  };
  button.type = 'button';
  button.className = 'copy';
  button.setAttribute('aria-live', 'polite');
  say('Copy');
  button.addEventListener('click', async () => {
    say((await copy(address)) ? 'Copied' : 'Selected');
    setTimeout(say, 2000, 'Copy');
  });
  (address.closest('pre') ?? address).after(button);
}

/* Selecting and copying also works where the page came over plain http, where there is no clipboard to write to. */
async function copy(address) {
  try {
    await navigator.clipboard.writeText(address.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(address);
    return document.execCommand('copy');
  }
}

const options = document.querySelector('.options');
const preview = document.querySelector('.preview');
if (options && preview) {
  options.hidden = false;
  preview.replaceChildren();
  options.addEventListener('submit', (event) => event.preventDefault());
  options.addEventListener('input', show);
  options.closest('details').addEventListener('toggle', show, { once: true });
  addEventListener('message', ({ source, origin, data }) => {
    const frame = preview.querySelector('iframe');
    if (frame?.contentWindow === source && origin === location.origin && data?.type === 'linecaster:height') {
      frame.height = Math.min(Math.max(Number(data.height) || 0, 40), 5000);
    }
  });
}

function show() {
  const kind = options.elements.kind.value;
  const theme = options.elements.theme.value;
  const limit = Math.min(Math.max(Math.round(Number(options.elements.limit.value)) || 5, 1), 20);
  for (const snippet of document.querySelectorAll('.snippet')) {
    snippet.hidden = snippet.dataset.kind !== kind;
    snippet.querySelector('.address').textContent = snippet.dataset.template
      .replaceAll('{limit}', limit)
      .replaceAll('{theme}', theme);
  }
  preview.replaceChildren(kind === 'frame' ? toFrame(limit, theme) : toElement(limit, theme));
}

function toFrame(limit, theme) {
  const frame = document.createElement('iframe');
  frame.title = 'Preview';
  frame.height = 420;
  frame.src = preview.dataset.frame.replace(/\?.*/, `?limit=${limit}&theme=${theme}`);
  return frame;
}

function toElement(limit, theme) {
  import(preview.dataset.element);
  const element = document.createElement('linecaster-feed');
  element.setAttribute('src', preview.dataset.feed);
  element.setAttribute('limit', limit);
  element.setAttribute('theme', theme);
  return element;
}
