import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { readHtml } from '../../src/content/html.ts';
import { toHtml } from '../../src/content/serialize.ts';
import { shown } from './article.ts';

function clean(html: string): string {
  return shown(toHtml(readHtml(html).nodes));
}

function expectAll(table: readonly (readonly [written: string, published: string])[]): void {
  for (const [written, published] of table) expect(clean(written), written).toBe(published);
}

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

describe('lazy pictures and embedded documents', () => {
  test('a lazy picture is shown once, with its true address', () => {
    const photo = '<img src="⟦photo.jpg⟧" alt="Quay" />';
    const placeholder = 'data:image/gif;base64,R0lGOD';
    expectAll([
      ['<img data-src="photo.jpg" alt="Quay">', '<img alt="Quay" src="⟦photo.jpg⟧" />'],
      [`<img src="${placeholder}" data-lazy-src="photo.jpg" alt="Quay">`, photo],
      [`<img src="${placeholder}" alt="Quay"><noscript><img src="photo.jpg" alt="Quay"></noscript>`, photo],
      [
        `<img src="${placeholder}" data-src="photo.jpg" alt="Quay"><noscript><img src="photo-large.jpg"></noscript>`,
        photo,
      ],
      ['<noscript><img src="photo.jpg" alt="Quay"></noscript><img data-src="photo.jpg">', photo],
      ['<noscript>Words of their own</noscript>', 'Words of their own'],
      ['<img data-srcset="a.jpg 1x, b.jpg 2x">', '<img srcset="⟦a.jpg⟧ 1x, ⟦b.jpg⟧ 2x" src="⟦a.jpg⟧" alt="" />'],
    ]);
  });

  test('a picture used twice is shown twice', () => {
    const twice = '<img src="⟦dot.png⟧" alt="" /><img src="⟦dot.png⟧" alt="" />';
    expect(clean('<img src="dot.png"><img src="dot.png">')).toBe(twice);
  });

  test('an embedded document is a link with its title, else its host', () => {
    expectAll([
      [
        '<iframe src="https://www.youtube.com/embed/abc123DEF45?rel=0" title="The launch"></iframe>',
        '<p><a href="https://www.youtube.com/watch?v=abc123DEF45">The launch</a></p>',
      ],
      [
        '<iframe src="https://www.maps.example/x">inside</iframe>',
        '<p><a href="https://www.maps.example/x">maps.example</a></p>',
      ],
      [
        '<iframe src="https://player.vimeo.com/video/123"></iframe>',
        '<p><a href="https://vimeo.com/123">vimeo.com</a></p>',
      ],
      ['<iframe data-src="//a.example/b"></iframe>', '<p><a href="https://a.example/b">a.example</a></p>'],
      ['<object data="tides.pdf"><p>No viewer</p></object>', '<p><a href="⟦tides.pdf⟧">tides.pdf</a></p>'],
      ['<object data="map.svg" type="image/svg+xml"></object>', '<img src="⟦map.svg⟧" alt="" />'],
      ['<p>See <embed src="https://a.example/e"></p>', '<p>See <a href="https://a.example/e">a.example</a></p>'],
      [
        '<lite-youtube videoid="abc123DEF45"><a href="#">Play</a></lite-youtube>',
        '<p><a href="https://www.youtube.com/watch?v=abc123DEF45">youtube.com</a></p>',
      ],
      ['<iframe src="javascript:x"></iframe><iframe srcdoc="<p>x"></iframe>', ''],
    ]);
  });
});

describe('nesting', () => {
  test('no parser has to mend what is published', () => {
    expectAll([
      ['<p>a<div>b</div>c', '<p>a</p><div>b</div>c'],
      ['<p>a <span>b<div>c</div></span></p>', '<div>a <span>b<div>c</div></span></div>'],
      ['<a href="#x">a <b><a href="#y">b</a></b></a>', '<a href="⟦#x⟧">a <b>b</b></a>'],
      ['<a name=top><h2>a</h2><a href="#y">b</a></a>', '<a id="top"></a><h2>a</h2><a href="⟦#y⟧">b</a>'],
      ['<h2>a<x-y><h3>b</h3></x-y></h2>', '<h2>ab</h2>'],
      ['<li>a</li><dd>b</dd><td>c</td><figcaption>d</figcaption>', '<div>a</div><div>b</div>c<div>d</div>'],
      ['<ul><li>a<div><li>b</div></ul>', '<ul><li>a<div><div>b</div></div></li></ul>'],
      [
        '<table>stray<td>1<td>2<tr><th>3</table>',
        'stray<table><tbody><tr><td>1</td><td>2</td></tr><tr><th>3</th></tr></tbody></table>',
      ],
      ['<table><caption>only</caption></table>', 'only'],
      ['<b>a<i>b</b>c</i>', '<b>a<i>b</i></b>c'],
      ['</div></p>a<p>', 'a'],
      ['<p></p><p>&nbsp;</p><figure> </figure><picture><source srcset="a.webp"></picture>', ''],
      ['<pre>\n\n a</pre>', '<pre>\n\n a</pre>'],
    ]);
  });
});

const scrap = fc.oneof(
  fc
    .constantFrom(
      ...'p div span a b h1 h2 ul li dl dt table caption colgroup col thead tbody tr td th pre code figure'.split(' '),
      ...'picture source img video details summary ruby rt noscript iframe object svg math form select x-foo'.split(
        ' ',
      ),
      ...'script style title textarea br hr body head template xmp plaintext button input base'.split(' '),
    )
    .chain((name) =>
      fc.constantFrom(
        `<${name}>`,
        `</${name}>`,
        `<${name} href="x&amp;y" src=a.png id='a "b"' onclick=x style=y>`,
        `<${name} href=javascript:x data-src=b.png srcset="a 1x,b 2x" title="<&quot;]]&gt;" cite="//é|x">`,
        `<${name}/>`,
      ),
    ),
  fc.constantFrom(
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '&lt;script&gt;',
    '&#0;&#1;&#xFFFF;&#xD800;',
    '\n',
    ' ',
    '&nbsp',
    '<',
    '"',
    "'",
    '=',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replace(/[\u0001\u0002]/g, '')),
);
const soup = fc.array(scrap, { maxLength: 40 }).map((scraps) => scraps.join(''));

describe('whatever is written', () => {
  test('the HTML is well-formed XML, and no CDATA section ends in it', () => {
    fc.assert(
      fc.property(soup, (written) => {
        const html = clean(written);
        expect(html).not.toContain(']]>');
        const parser = new SaxesParser();
        const errors: string[] = [];
        parser.on('error', (error) => errors.push(error.message));
        parser.write(`<div>${html}</div>`).close();
        expect(errors).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('no program, style or relative address is left, and no unknown element', () => {
    fc.assert(
      fc.property(soup, (written) => {
        for (const [tag] of clean(written).matchAll(/<[^>]*>/g)) {
          expect(tag).not.toMatch(
            /^<\/?(?:script|style|iframe|object|embed|form|input|svg|math|template|x-foo|base)\b/,
          );
          expect(tag).not.toMatch(/ (?:on\w+|style)=/);
          for (const [, address = ''] of tag.matchAll(/ (?:href|src|poster|cite)="([^"]*)"/g))
            expect(address).toMatch(/^(?:https?:\/\/|mailto:|tel:|⟦[^⟦⟧]*⟧$)/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what was made safe once is not changed by making it safe again', () => {
    fc.assert(
      fc.property(soup, (written) => {
        const once = toHtml(readHtml(written).nodes);
        expect(toHtml(readHtml(once).nodes)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});
