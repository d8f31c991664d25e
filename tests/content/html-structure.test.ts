import { describe, expect, test } from 'vitest';
import { clean, expectAll } from './clean.ts';

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
