import { describe, expect, test } from 'vitest';
import { toLine } from '../../src/lib/text.ts';
import { fromMarkdown, shown } from './article.ts';

function html(text: string): string {
  return shown(fromMarkdown(text, { title: toLine('Given') }).html);
}

describe('Markdown', () => {
  test('CommonMark with tables, strikethrough, bare URLs and raw HTML becomes HTML', () => {
    expect(html('Plain *em* **strong** `a < b` ~~gone~~ <kbd>Esc</kbd>  \nnext')).toBe(
      '<p>Plain <em>em</em> <strong>strong</strong> <code>a &lt; b</code> <s>gone</s> <kbd>Esc</kbd><br />\nnext</p>',
    );
    expect(html('| Fish | Tonnes |\n|:--|--:|\n| Cod | 3 |')).toBe(
      '<table><thead><tr><th align="left">Fish</th><th align="right">Tonnes</th></tr></thead>' +
        '<tbody><tr><td align="left">Cod</td><td align="right">3</td></tr></tbody></table>',
    );
    expect(html('See https://a.example/b_(c), and README.md or www.md.')).toBe(
      '<p>See <a href="https://a.example/b_(c)">https://a.example/b_(c)</a>, and README.md or www.md.</p>',
    );
  });

  test('TeX is shown as it is written, and money is none', () => {
    const formulas = [
      String.raw`$$\mathbf{x}_{i} * \mathbf{y}_{j} * z$$`,
      String.raw`$\{a\}_{1}\, {b}_{2}$`,
      String.raw`$$a_{1} \\ {b}_{2}$$`,
      String.raw`$$ \{a\}_{1}\, {b}_{2}$$`,
      '$$\n\\sum_{i}\n= c\n- d\n+ e\n$$',
      '$$ {x}_{1}\n- {y}_{1} $$',
    ];
    for (const formula of formulas) {
      expect(html(formula)).toBe(`<p>${formula}</p>`);
      expect(html(`Where\n${formula}\nholds.`)).toContain(formula);
    }
    expect(html(String.raw`\\(\{x\}_{i} {y}_{i}\\) and \\[ {a}_{1} \\\\ {b}_{2} \\]`)).toBe(
      String.raw`<p>\({x}_{i} {y}_{i}\) and \[ {a}_{1} \\ {b}_{2} \]</p>`,
    );
    expect(html('It is $5 *more* or $6, $$ and *more* $$, `$$ a_b $$`, \\$ *x* \\$.')).toBe(
      '<p>It is $5 <em>more</em> or $6, $$ and <em>more</em> $$, <code>$$ a_b $$</code>, $ <em>x</em> $.</p>',
    );
    expect(html('> $$\n> = c\n> $$\n\n$$ open\n\n- list')).toContain('<ul>');
  });

  test('tasks show whether they are done, as on GitHub, and only items of lists are tasks', () => {
    expect(html('- [ ] open\n- [x] *done*\n\n1. [X] so too\n')).toBe(
      '<ul>\n<li>☐ open</li>\n<li>☑ <em>done</em></li>\n</ul>\n<ol>\n<li>☑ so too</li>\n</ol>',
    );
    for (const text of ['[x] marks', '- [x]marks', '- \\[x] marks', '- `[x]` marks', '- a [x] marks', '- [y] marks'])
      expect(html(text)).not.toMatch(/[☐☑]/);
    expect(html('- [x] marks\n\n[x]: https://a.example/')).toContain('<a href="https://a.example/">x</a>');
  });

  test('a term and what it means, as Hugo and Jekyll write them, are a list of definitions', () => {
    expect(html('Ferry\n: A boat that *runs*\n  between islands.\n: A service.\n\nQuay\n: Where it lands.')).toBe(
      '<dl>\n<dt>Ferry</dt>\n<dd>A boat that <em>runs</em>\nbetween islands.</dd>\n<dd>A service.</dd>\n' +
        '<dt>Quay</dt>\n<dd>Where it lands.</dd>\n</dl>',
    );
    expect(html('One line\nand another\n: are a paragraph.')).not.toContain('<dl>');
    for (const text of ['> To be or not to be\n> ~ Hamlet', 'About\n~ 200 people.', '~~~ sh\nls\n~~~ \nDone\n~ x'])
      expect(html(text)).toMatch(/~ (?:Hamlet|200 people\.|x)<\/p>/);
    expect(html('~~~ sh\nls\n~~~ \nDone')).toBe('<pre><code class="language-sh">ls\n</code></pre>\n<p>Done</p>');
  });

  test('a fenced sample keeps its language and every character', () => {
    expect(html('```js {2-3}\n{{ x }} <b> & "q"\n```')).toBe(
      '<pre><code class="language-js">{{ x }} &lt;b&gt; &amp; "q"\n</code></pre>',
    );
  });

  test('links and pictures lead to marks, with the title kept', () => {
    expect(html('[next](../two.md#part "Part two") ![Quay](img/quay.jpg)')).toBe(
      '<p><a href="⟦../two.md#part⟧" title="Part two">next</a> <img src="⟦img/quay.jpg⟧" alt="Quay" /></p>',
    );
    expect(html('[no](javascript:alert(1)) [none]()')).toBe('<p>no none</p>');
  });

  test('a URL is encoded and its host written as browsers write it; a bare one is a link where it stands by itself', () => {
    expect(html('[a](https://X.example/ü?q=ö#é) [b](</a b>) [c](https://bücher.example) [d](../e.md?f=1#g)')).toBe(
      '<p><a href="https://x.example/%C3%BC?q=%C3%B6#%C3%A9">a</a> <a href="⟦/a%20b⟧">b</a> ' +
        '<a href="https://xn--bcher-kva.example/">c</a> <a href="⟦../e.md?f=1#g⟧">d</a></p>',
    );
    expect(html('Mailto:a@b.example, //c.example/d, x//e.example and [https://f.example](/g)')).toBe(
      '<p><a href="mailto:a@b.example">Mailto:a@b.example</a>, <a href="https://c.example/d">//c.example/d</a>, ' +
        'x//e.example and <a href="⟦/g⟧">https://f.example</a></p>',
    );
  });

  test('footnotes have anchors that no other article of the page has', () => {
    const one = html('Text[^a].\n\n[^a]: The note.');
    const [, id] = /id="fn-([0-9a-f]{8})-1"/.exec(one) ?? [];
    expect(id).toBeDefined();
    expect(one).toContain(`<a href="⟦#fn-${id}-1⟧" id="fnref-${id}-1">[1]</a>`);
    expect(one).toContain(`<a href="⟦#fnref-${id}-1⟧" class="footnote-backref">`);
    const other = shown(fromMarkdown('Text[^a].\n\n[^a]: The note.', { file: 'notes/other.md' }).html);
    expect(other).toContain('The note.');
    expect(other).not.toContain(`fn-${id}-1`);
    expect(html('Text[^a].\n\n[^a]: The note.')).toBe(one);
  });

  test('a heading keeps the anchor that it is given, and gets the one that a link in the article leads to', () => {
    expect(html('Go to [the end](#the-end).\n\n## Middle {#mid}\n\n## The End!\n\n## Other')).toBe(
      '<p>Go to <a href="⟦#the-end⟧">the end</a>.</p>\n<h2 id="mid">Middle</h2>\n<h2 id="the-end">The End!</h2>\n<h2>Other</h2>',
    );
  });

  test('the link to itself that a generator puts into a heading is left out, its anchor stays', () => {
    expect(html('x\n\n<h2>Tides <a id="tides" href="#tides" class="anchor">#</a></h2>')).toBe(
      '<p>x</p>\n<h2 id="tides">Tides </h2>',
    );
  });
});
