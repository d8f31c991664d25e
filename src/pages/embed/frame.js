/* What the address asks for, and the height for the page around. Without a script: all entries, colours as set. */
const choices = new URLSearchParams(location.search);
const theme = choices.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
const limit = Math.max(Math.floor(Number(choices.get('limit'))), 0) || 10;
for (const [index, item] of [...document.querySelectorAll('li')].entries()) item.hidden = index >= limit;
if (parent !== self) {
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ type: 'linecaster:height', height }, '*');
  };
  new ResizeObserver(tell).observe(document.body);
}
