import { isUtf8 } from 'node:buffer';
import { type PlainText, toPlainText } from '../lib/text.ts';

const utf8 = new TextDecoder();

/**
 * A source file's bytes as text: UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252.
 * Bytes that are no text (NUL, the signature of a known format, mostly control characters) give the reason instead.
 */
export function decode(bytes: Uint8Array): { text: PlainText } | { reason: string } {
  const label = utf16Label(bytes);
  if (label !== undefined) return { text: toPlainText(new TextDecoder(label).decode(bytes)) };
  const format = formatOf(bytes);
  if (format !== undefined) return { reason: `expected text, found ${format}` };
  const written = (isUtf8(bytes) ? utf8 : new TextDecoder('windows-1252')).decode(bytes);
  const text = toPlainText(written);
  // Nothing had to be taken out: there is no control character that a program's file would have.
  if (text === written) return { text };
  const kind = binaryKind(bytes);
  return kind === undefined ? { text } : { reason: `expected text, found ${kind}` };
}

function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) return undefined;
  // FF FE 00 00 begins UTF-32; no text begins with U+0000.
  return bytes.length >= 4 && bytes[2] === 0 && bytes[3] === 0 ? undefined : 'utf-16le';
}

const signatures: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF file'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['PK\x03\x04', 'a zip file or an office document'],
  ['\x1f\x8b', 'a gzip file'],
  ['\xd0\xcf\x11\xe0', 'an office document'],
  ['{\\rtf', 'a rich text document'],
  ['\x7fELF', 'a program'],
];

function formatOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 8)).toString('latin1');
  return signatures.find(([signature]) => head.startsWith(signature))?.[1];
}

function binaryKind(bytes: Uint8Array): string | undefined {
  const nul = bytes.indexOf(0);
  if (nul !== -1) return `a NUL byte at ${nul} (binary, or UTF-16 without a byte order mark)`;
  return isMostlyControls(bytes.subarray(0, 4096)) ? 'mostly control characters' : undefined;
}

function isMostlyControls(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) if (byte < 0x20 && (byte < 9 || byte > 13)) controls += 1;
  return controls * 3 > bytes.length;
}
