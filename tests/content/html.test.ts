import { describe, expect, test } from 'vitest';
import { readHtml } from '../../src/content/html.ts';
import { toHtml } from '../../src/content/serialize.ts';
import { clean, expectAll } from './clean.ts';

describe('what a reader shows is kept', () => {
  test('text elements, lists, quotations and samples pass as they are', () => {
    const kept = [
      '<h1>A</h1><h2>B</h2><h6>C</h6>',
      '<p>one <em>two</em> <strong>three</strong> <b>4</b> <i>5</i> <u>6</u> <s>7</s> <small>8</small></p>',
      '<p><mark>a</mark><sub>b</sub><sup>c</sup><kbd>d</kbd><samp>e</samp><var>f</var><cite>g</cite><dfn>h</dfn></p>',
      '<ul><li>a<ul><li>b</li></ul></li></ul><ol start="3" reversed="reversed" type="a"><li value="9">c</li></ol>',
      '<dl><dt>a</dt><dd>b</dd><div><dt>c</dt><dd>d</dd></div></dl>',
      '<blockquote cite="https://a.example/b"><p>x</p></blockquote><p><q cite="https://a.example/q">y</q></p>',
      '<pre><code class="language-c++">a &lt; b\n</code></pre>',
      '<p><del datetime="2026-01-02">a</del><ins cite="https://a.example/c">b</ins></p>',
      '<p><time datetime="2026-01-02">then</time> <abbr title="so &quot;on&quot;">s.o.</abbr><br />next<wbr />line</p><hr />',
      '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <bdi dir="rtl">א</bdi> <span lang="de-CH">Grüezi</span></p>',
      '<details open="open"><summary>More</summary><p>All of it.</p></details>',
      '<section><header>h</header><article>a</article><aside>b</aside><footer>f</footer></section><address>x</address>',
    ];
    for (const html of kept) expect(clean(html)).toBe(html);
  });

  test('a table keeps its caption, spans, scopes and alignment', () => {
    const table =
      '<table><caption>Catch</caption><colgroup><col span="2" /></colgroup><thead><tr><th scope="col">Fish</th>' +
      '<th align="right">Tonnes</th></tr></thead><tbody><tr><td colspan="2" rowspan="2">None</td></tr></tbody></table>';
    expect(clean(table)).toBe(table);
    expectAll([
      [
        '<table><tr><td style="text-align:right">1</td></tr></table>',
        '<table><tbody><tr><td align="right">1</td></tr></tbody></table>',
      ],
    ]);
  });

  test('pictures keep every source, size and description', () => {
    const figure =
      '<figure><picture><source srcset="https://a.example/l.webp 2x" media="(min-width: 40em)" type="image/webp" />' +
      '<img src="https://a.example/s.jpg" srcset="https://a.example/s.jpg 480w, https://a.example/l.jpg 960w" ' +
      'sizes="100vw" alt="A quay" width="640" height="480" loading="lazy" /></picture><figcaption>A quay</figcaption></figure>';
    expect(clean(figure)).toBe(figure);
  });

  test('sound and film get controls and lose what starts them alone', () => {
    expectAll([
      [
        '<video src="https://a.example/f.mp4" poster="p.jpg" autoplay loop muted><track src="s.vtt" kind=captions srclang=en></video>',
        '<video src="https://a.example/f.mp4" poster="⟦p.jpg⟧" loop="loop" muted="muted" controls="controls">' +
          '<track src="⟦s.vtt⟧" kind="captions" srclang="en" /></video>',
      ],
      [
        '<audio><source src="a.ogg" type="audio/ogg"></audio>',
        '<audio controls="controls"><source src="⟦a.ogg⟧" type="audio/ogg" /></audio>',
      ],
      ['<video>No film here</video>', 'No film here'],
    ]);
  });
});

describe('what must not be published is gone', () => {
  test('programs, styles, controls and drawings go with their content', () => {
    expectAll([
      ['a<script>alert(1)</script>b', 'ab'],
      ['a<style>p { color: red }</style>b', 'ab'],
      ['a<select><option>x</select><textarea><p>y</textarea><button>Copy</button>b', 'ab'],
      ['a<svg><script>x</script><text>y</text></svg>b<template><p>z</template>', 'ab'],
      ['a<!-- secret --><![CDATA[hidden]]><?php echo 1 ?>b', 'ab'],
      ['<noembed>a</noembed><noframes>b</noframes><object>fallback</object>', 'fallback'],
    ]);
  });

  test('no attribute runs a program or paints', () => {
    expectAll([
      ['<p onclick="x()" style="color:red" class="big" data-x="1" itemprop="y">a</p>', '<p>a</p>'],
      ['<img src="https://a.example/i.png" onerror=alert(1)>', '<img src="https://a.example/i.png" alt="" />'],
      [
        '<a href="https://a.example/" target=_blank ping="https://spy.example/" download>a</a>',
        '<a href="https://a.example/">a</a>',
      ],
    ]);
  });

  test('an address that runs or carries something is dropped, however it is written', () => {
    for (const address of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'java&#10;script:alert(1)',
      '&#106;avascript:alert(1)',
      '&#1;javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://a.example/x',
      'http://',
      'https://[bad',
    ])
      expect(clean(`<p><a href="${address}">text</a><img src="${address}"></p>`), address).toBe('<p>text</p>');
  });

  test('a character reference cannot forge a mark or break the XML', () => {
    expect(toHtml(readHtml('<a href="&#1;x&#2;">&#1;y&#2;&#xFFFE;&#x85;</a>').nodes)).toBe(
      '<a href="\u0001x\u0002">y…</a>',
    );
  });

  test('only the kept elements are written, the content of others stays', () => {
    expectAll([
      ['<my-card><p>a</p></my-card><font color=red>b</font>', '<p>a</p>b'],
      [
        '<center>a</center><tt>b</tt><strike>c</strike><acronym>d</acronym>',
        '<div>a</div><code>b</code><s>c</s><abbr>d</abbr>',
      ],
      ['<bdo dir=rtl>a</bdo><main>b</main><nav>c</nav>', '<bdi dir="rtl">a</bdi><div>b</div><div>c</div>'],
      ['<form><label>Name</label><input name=x></form>', '<div>Name</div>'],
      ['<li><input type=checkbox checked> done', '<div>☑ done</div>'],
      [
        '<g-emoji>🎉</g-emoji><amp-img src="https://a.example/a.jpg" alt="x"></amp-img>',
        '🎉<img src="https://a.example/a.jpg" alt="x" />',
      ],
    ]);
  });
});

describe('addresses', () => {
  test('absolute ones are normalised, relative ones marked as they are written', () => {
    expectAll([
      ['<a href="HTTPS://A.example/é ü?q=a b#c">x</a>', '<a href="https://a.example/%C3%A9%20%C3%BC?q=a%20b#c">x</a>'],
      ['<a href="//a.example/b">x</a>', '<a href="https://a.example/b">x</a>'],
      ['<a href="../b c.html?x=1&amp;y=2#z">x</a>', '<a href="⟦../b c.html?x=1&amp;y=2#z⟧">x</a>'],
      ['<a href="#notes">x</a><a href="/about">y</a>', '<a href="⟦#notes⟧">x</a><a href="⟦/about⟧">y</a>'],
      [
        '<a href="mailto:a@b.example">x</a><a href="tel:+4179">y</a>',
        '<a href="mailto:a@b.example">x</a><a href="tel:+4179">y</a>',
      ],
      [
        '<a href="tel:+49 30 123">x</a><a href="mailto:a@b.example?subject=Ä b|c&amp;body={d}%20&lt;e&gt;">y</a>',
        '<a href="tel:+49%2030%20123">x</a><a href="mailto:a@b.example?subject=%C3%84%20b%7Cc&amp;body=%7Bd%7D%20%3Ce%3E">y</a>',
      ],
      ['<img src="mailto:a@b.example">', ''],
      ['<blockquote cite="b.html">x</blockquote>', '<blockquote cite="⟦b.html⟧">x</blockquote>'],
    ]);
  });

  test('a document that names its base has its references resolved against it', () => {
    expect(clean('<head><base href="https://a.example/b/"></head><a href="c">x</a>')).toBe(
      '<a href="https://a.example/b/c">x</a>',
    );
  });

  test('each candidate of a srcset is taken for itself', () => {
    expectAll([
      [
        '<img src="a.jpg" srcset="a.jpg 1x, //b.example/c,d.jpg 2x,javascript:x 3x, e.jpg 4q">',
        '<img src="⟦a.jpg⟧" srcset="⟦a.jpg⟧ 1x, https://b.example/c,d.jpg 2x" alt="" />',
      ],
      ['<img srcset=" b.jpg, c.jpg 2x">', '<img srcset="⟦b.jpg⟧, ⟦c.jpg⟧ 2x" src="⟦b.jpg⟧" alt="" />'],
    ]);
  });

  test('a sample of code that shows markup is text', () => {
    const sample = '<pre><code>&lt;img src="/a.png" onload="x()"&gt; &lt;a href="b"&gt;</code></pre>';
    expect(clean(sample)).toBe('<pre><code>&lt;img src="/a.png" onload="x()"&gt; &lt;a href="b"&gt;</code></pre>');
  });
});
