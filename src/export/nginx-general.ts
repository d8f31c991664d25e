import type { Site } from '../feeds/site.ts';
import { briefly, everywhere } from '../http/answer.ts';
import { prefixOf } from '../http/app.ts';
import { methods, preflightHeaders } from '../http/refusals.ts';
import { block, literal, quote, set, variable } from './nginx-text.ts';
import { frameHeaders, freshness } from './served.ts';

/** What holds for all requests. */
export function general(site: Site): readonly string[] {
  const prefix = prefixOf(site.publicUrl);
  const own = ['Cache-Control', 'Link', 'Content-Security-Policy', ...frameHeaders(site, false).map(([name]) => name)];
  const asked = [...new Set(['Allow', ...preflightHeaders.map(([name]) => name)])];
  return [
    'gzip off;',
    'gzip_static on;',
    'gzip_proxied any;',
    'gzip_vary on;',
    '# Where nginx has the module (Debian: libnginx-mod-http-brotli-static), the smaller files are sent with:',
    '# brotli_static on;',
    'etag on;',
    'if_modified_since before;',
    '# Feeds are sent whole.',
    'max_ranges 0;',
    block('types', types),
    'default_type application/octet-stream;',
    '',
    ...[...own, ...asked].map((name) => set(name, '')),
    set('Cache-Control', freshness(site)),
    ...everywhere.map(([name, value]) => `add_header ${name} ${quote(value)} always;`),
    ...[...own, ...asked].map((name) => `add_header ${name} ${variable(name)} always;`),
    '',
    ...(prefix === '' ? [] : [`rewrite ${quote(`^${literal(prefix)}(/.*)$`)} $1;`]),
    block('if ($request_method = OPTIONS)', [
      set('Cache-Control', ''),
      ...preflightHeaders.map(([name, value]) => set(name, value)),
      'return 204;',
    ]),
    block('if ($request_method !~ "^(?:GET|HEAD)$")', [
      set('Allow', methods),
      set('Cache-Control', briefly),
      'return 405;',
    ]),
    '',
    '# What an export keeps for itself.',
    block('location ~ "^/(?:_headers$|_redirects$|nginx[.]conf$|[.]linecaster)"', ['return 404;']),
  ];
}

const types = [
  '"text/html; charset=utf-8" html;',
  '"text/css; charset=utf-8" css;',
  '"text/javascript; charset=utf-8" js;',
  '"text/plain; charset=utf-8" txt;',
  '"application/xml; charset=utf-8" xml;',
  'image/svg+xml svg;',
];
