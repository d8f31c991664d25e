import { expect, test } from 'vitest';
import { decode } from '../../src/source/decode.ts';

function text(bytes: Uint8Array): string {
  const decoded = decode(bytes);
  return 'text' in decoded ? decoded.text : decoded.reason;
}

function utf16(value: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(`\ufeff${value}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

test.each([
  ['UTF-8', Buffer.from('José – 東京 😀'), 'José – 東京 😀'],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffJosé'), 'José'],
  ['UTF-16, little end first', utf16('José 東京 😀', 'le'), 'José 東京 😀'],
  ['UTF-16, big end first', utf16('José 東京 😀', 'be'), 'José 東京 😀'],
  ['Windows-1252', Buffer.from([0x93, 0x4a, 0x6f, 0x73, 0xe9, 0x94, 0x20, 0x80]), '“José” €'],
  ['line ends of Windows and of old Macs', Buffer.from('a\r\nb\rc\n'), 'a\nb\nc\n'],
  ['control characters', Buffer.from('Bell\u0007 rings\u001b on'), 'Bell rings on'],
  ['nothing', Buffer.from(''), ''],
])('%s is read as text', (_, bytes, expected) => {
  expect(text(bytes)).toBe(expected);
});

test.each([
  ['a PDF', Buffer.from('%PDF-1.7\n…'), 'a PDF file'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'a PNG picture'],
  ['an office document', Buffer.from('PK\u0003\u0004rest'), 'a zip file or an office document'],
  ['a rich text document', Buffer.from('{\\rtf1\\ansi Hello}'), 'a rich text document'],
  ['a NUL byte', Buffer.from('abc\0def'), 'a NUL byte at 3'],
  ['UTF-16 without a byte order mark', Buffer.from('abc', 'utf16le'), 'UTF-16 without a byte order mark'],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'a NUL byte'],
  ['control characters above all', Buffer.from('\u0001\u0002\u0003ab'), 'mostly control characters'],
])('%s is no text', (_, bytes, reason) => {
  expect(text(bytes)).toContain('expected text, found ');
  expect(text(bytes)).toContain(reason);
});
