import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitMarkdown } from '../../src/content/markdown-parts.ts';
import { stripTemplates } from '../../src/content/templates.ts';
import { toLine } from '../../src/lib/text.ts';
import { fromHtml, fromMarkdown, shown } from './article.ts';

function strip(text: string): string {
  return stripTemplates('markdown', text).text;
}

function expectAll(table: readonly (readonly [written: string, kept: string])[]): void {
  for (const [written, kept] of table) expect(strip(written), written).toBe(kept);
}

describe('what a site generator would have worked out', () => {
  test('shortcodes and Liquid tags go, the text between them stays', () => {
    expectAll([
      ['{{< note kind="x" >}}Mind the *gap*{{< /note >}}', 'Mind the *gap*'],
      ['{{% callout %}}\nInner\n{{% /callout %}}', '\nInner\n'],
      ['{% include ad.html %}A {{ page.title }} B{%- if x -%}C{% endif %}', 'A  BC'],
      ['{{ site.url }}/a', '/a'],
      ['{/* a comment */}b', 'b'],
      ['{% comment %}kept text{% endcomment %}', 'kept text'],
    ]);
  });

  test('a path that only the tag names stays', () => {
    expectAll([
      ['[a]({{< ref "two.md" >}}) [b]({{% relref "sub/three.md#x" %}})', '[a](two.md) [b](sub/three.md#x)'],
      ['![a]({{ "/img/quay.jpg" | relative_url }})', '![a](/img/quay.jpg)'],
      ['[a]({% link _posts/2026-01-02-two.md %})', '[a](/_posts/2026-01-02-two.md)'],
      ['[a]({% post_url 2026-01-02-two %})', '[a](2026-01-02-two.md)'],
    ]);
  });

  test('a picture or film that a tag names stays, with its caption', () => {
    const picture = '<img src="/quay.jpg" alt="The &quot;quay&quot;" />';
    for (const [tag, html] of [
      [`{{< figure src="/quay.jpg" alt='The "quay"' >}}`, picture],
      [`{{ image(src="/quay.jpg", alt='The "quay"') }}`, picture],
      [
        `{% include figure.html image_path="/quay.jpg" caption="1 < 2" alt='The "quay"' %}`,
        `<figure>${picture}<figcaption>1 &lt; 2</figcaption></figure>`,
      ],
      [
        '{{< figure src="/quay.jpg" caption="\\"Yes\\" in C:\\\\" alt=\'The "quay"\' >}}',
        `<figure>${picture}<figcaption>"Yes" in C:\\</figcaption></figure>`,
      ],
      ['{{< youtube dQw4w9WgXcQ >}}', '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">youtube.com</a>'],
      ['{{ vimeo(id="123456789") }}', '<a href="https://vimeo.com/123456789">vimeo.com</a>'],
    ] as const) {
      const { html: whole, problems } = fromMarkdown(`One.\n\n${tag}\n*Two*.`);
      expect(shown(whole).replace('⟦/quay.jpg⟧', '/quay.jpg'), tag).toContain(html);
      expect(whole, tag).toMatch(/<em>Two<\/em>\.<\/p>$/);
      expect(problems, tag).toEqual([]);
    }
    expect(strip('{{< figure src="a b" >}}{% include x.html src="data.csv" %}')).toBe('');
  });

  test('components and module lines of MDX go, their content stays', () => {
    expectAll([
      ["import Chart from '../chart.astro'\nimport { a } from 'b';\n\nText", '\nText'],
      ['export const meta = {\n  a: 1,\n}\n\nText', 'Text'],
      ['<Note title="a > b" on={() => { x() }}>Inner **text**</Note>', 'Inner **text**'],
      ['<Chart data={[1, 2]} />After', 'After'],
      ['<><Tab.Item>One</Tab.Item></>', 'One'],
      ['<div className={x}>One</div>', 'One</div>'],
      ['<img src="/a.png" style={{float: \'left\', top: 8}} />', '<img src="/a.png" />'],
      ['<img style={{ width: 50 }} alt="a {b}" src="a.png" {...rest}/>', '<img alt="a {b}" src="a.png"/>'],
      ["<img src={require('./a.png').default} width={50} />", '<img src="./a.png" />'],
      ['<a href={"https://a.example/?q=" + q}>One</a>', 'One</a>'],
    ]);
  });

  test('an address in angle brackets is no component, however its file is named', () => {
    for (const kept of [
      '![a](<My photo.png>) and [b]( <Some Page.md> "Title")',
      '[a]: <My photo.png>\n [b]: <Other.png>',
      '> ![a](<IMG_0001 copy.JPG>)',
    ])
      expect(strip(kept)).toBe(kept);
    expect(strip('[^1]: <Note>Inner</Note>')).toBe('[^1]: Inner');
  });

  test('a component goes that is given as much as a chart', () => {
    const rows = Array.from({ length: 200 }, (_, n) => `    { day: '${n}', ships: [${n}, ${n * 7}], },\n`).join('');
    expect(strip(`<Chart\n  title="Ships"\n  data={[\n${rows}  ]}\n/>\n\nAfter`)).toBe('\n\nAfter');
    const prose = `A list of <Ships that ${'come in and go out again, '.repeat(30)}is longer > than another.`;
    expect(strip(prose)).toBe(prose);
  });

  test('an attribute without quotes keeps what a tag in it names or stands before', () => {
    expectAll([
      ['<a href={{ site.baseurl }}/about>One</a>', '<a href=/about>One</a>'],
      ['<img src={{site.url}}/a.png width=20>', '<img src=/a.png width=20>'],
      ['<img src={{ "/a.png" | relative_url }} alt="A">', '<img src="/a.png" alt="A">'],
      ['<a href={{< ref "other.md" >}}>One</a>', '<a href=other.md>One</a>'],
      ['<a href={% link other.md %}>One</a>', '<a href=/other.md>One</a>'],
    ]);
  });

  test('boxes are what is in them after their titles, and tables of contents are left out', () => {
    for (const [text, html] of [
      [':::note\nMind *it*.\n:::', '<p><strong>Note:</strong>\nMind <em>it</em>.</p>'],
      [
        'One.\n:::tip[Use `x`]\nTwo.\n:::\nThree.',
        '<p>One.</p>\n<p><strong>Use <code>x</code>:</strong>\nTwo.</p>\n<p>Three.</p>',
      ],
      ['::::: details Read more\n\n- a\n\n:::::', '<p><strong>Read more:</strong></p>\n<ul>\n<li>a</li>\n</ul>'],
      ['::: {.column-margin}\nOne.\n:::', '<p>One.</p>'],
      ['> [!WARNING]\n> Mind it.', '<blockquote>\n<p><strong>Warning:</strong>\nMind it.</p>\n</blockquote>'],
      ['> > [!tip]- Of *old*\n> > Mind it.', '<p><strong>Of <em>old</em>:</strong>\nMind it.</p>'],
      ['* TOC\n{:toc}\n\nOne.', '<p>One.</p>'],
      ['1. Contents\n{: toc .large}\n\n[TOC]\n\n[[toc]]\n\nOne.', '<p>One.</p>'],
    ] as const) {
      const content = fromMarkdown(text, { title: toLine('T') });
      expect(content.html, text).toContain(html);
      expect(content.html, text).not.toMatch(/:::|\[!|TOC/);
      expect(content.problems, text).toEqual([]);
    }
    for (const [text, html] of [
      ['> [!NOTE] NATO\n> One.', '<strong>NATO:</strong>'],
      [':::note[FAQ]\nOne.\n:::', '<strong>FAQ:</strong>'],
      [':::warning{#id title="Mind it"}\nOne.\n:::', '<strong>Mind it:</strong>'],
      [':::tip{icon=x}\nOne.\n:::', '<strong>Tip:</strong>'],
      ['::: Update 14:30 The mayor resigned.', '<p>::: Update 14:30 The mayor resigned.</p>'],
      ['<pre>\n:::note\n\n[TOC]\n> [!NOTE]\n</pre>', '<pre>:::note\n\n[TOC]\n&gt; [!NOTE]\n</pre>'],
    ] as const)
      expect(fromMarkdown(text, { title: toLine('T') }).html, text).toContain(html);
    expect(fromMarkdown('> [!NOTE]\n> Mind the gap.').title).toBe('Note: Mind the gap');
    for (const text of ['```\n:::note\n[TOC]\n```', 'A::: b', 'a [!x] b', '- [toc](#a)'])
      expect(strip(text)).toBe(text);
  });

  test('code is left as it is', () => {
    for (const code of [
      '`{{ page.title }}` and ``{% raw %} ` ``',
      '```liquid\n{% include x %}\n<Note>\n```',
      '~~~\n```\n{{< x >}}\n~~~',
      '- item\n\n  ```\n  {{ x }}\n  ```',
      '> ```\n> {{ x }}\n> ```',
      'Before\n\n    {{ indented }}\n    <Note>\n',
    ])
      expect(stripTemplates('markdown', code), code).toEqual({ text: code, first: undefined });
  });

  test('what only looks like a template is text', () => {
    for (const text of [
      'TeX: $\\frac{{a}}{{b}}$ and {{1,2},{3}}',
      'a {% b',
      'An <EM>old</EM> <A HREF="x">page</A>, <IMG SRC="y">',
      'Map<String> and \\<Note> and links in <>',
      'import duties rise\nexport sales fall',
      'Set {a: 1}',
    ])
      expect(stripTemplates('markdown', text), text).toEqual({ text, first: undefined });
  });

  test('between raw tags everything is text, in code and out of it', () => {
    expectAll([
      ['{% raw %}{{ kept }}{% endraw %} {{ page.gone }}', '{{ kept }} '],
      ['{% raw %}\n```\n{{ a }}\n```\n\n{{ b }}\n{% endraw %}{{ c.d }}', '\n```\n{{ a }}\n```\n\n{{ b }}\n'],
      ['{{</* note */>}}', '{{< note >}}'],
    ]);
  });

  test('highlight blocks are samples of code', () => {
    const html = '<pre><code class="language-ruby">puts "{{ x }}" # *y*\n</code></pre>';
    for (const text of [
      'Text\n\n{% highlight ruby %}\nputs "{{ x }}" # *y*\n{% endhighlight %}',
      'Text\n\n{{< highlight ruby "linenos=table" >}}\nputs "{{ x }}" # *y*\n{{< /highlight >}}',
    ]) {
      const content = fromMarkdown(text);
      expect(content.html).toContain(html);
      expect(content.problems).toEqual([]);
    }
  });

  test('one warning a file says where the first tag stands', () => {
    const content = fromMarkdown('One.\n\n`{{ code }}`\n\n{{< a >}}Two.{{< /a >}}\n\n{{< b >}}');
    expect(content.html).toBe('<p>One.</p>\n<p><code>{{ code }}</code></p>\n<p>Two.</p>');
    expect(content.problems).toEqual([
      { severity: 'warning', file: 'notes/harbour.md', line: 9, message: expect.stringContaining('shortcode') },
    ]);
  });

  test('HTML files lose Liquid outside of their samples', () => {
    const content = fromHtml(
      '<p>A {{ page.title }}</p><pre>{{ page.title }}</pre><a href="{{ site.baseurl }}/x">b</a>',
      { title: toLine('Given') },
    );
    expect(content.html).toBe('<p>A </p><pre>{{ page.title }}</pre><a href="\u0001/x\u0002">b</a>');
    expect(content.problems).toHaveLength(1);
  });

  test('Markdown taken apart at its code and put together again is the same', () => {
    const scrap = fc.constantFrom(
      '`',
      '``',
      '```',
      '~~~',
      '\n',
      '\n\n',
      '    ',
      '> ',
      '- ',
      'a',
      '\\',
      '1. ',
      '\t',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(scrap), (scraps) => {
        const text = scraps.join('');
        expect(
          splitMarkdown(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
