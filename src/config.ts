import nodeCron from 'node-cron';

type Variable<T> = {
  /** In place of an unset or empty variable. */
  readonly fallback: (environment: NodeJS.ProcessEnv) => string | undefined;
  /** Throws a sentence on what was expected. */
  readonly parse: (value: string) => T;
  /** For README and --help. */
  readonly sentence: string;
};

const variable = <T>(
  fallback: string | undefined | ((environment: NodeJS.ProcessEnv) => string),
  parse: (value: string) => T,
  sentence: string,
): Variable<T> => ({ fallback: typeof fallback === 'function' ? fallback : () => fallback, parse, sentence });

const matching =
  <T>(pattern: RegExp, expected: string, convert: (value: string) => T): ((value: string) => T) =>
  (value) => {
    if (pattern.test(value)) return convert(value);
    throw new Error(expected);
  };
const trueOrFalse = matching(/^(true|false)$/, 'true or false', (value) => value === 'true');

/** The settings of a process. */
export type Config = {
  readonly DATA_DIR: string;
  readonly STORE_URL: string;
  /** Without a slash at its end. */
  readonly PUBLIC_URL: string;
  readonly HOST: string | undefined;
  readonly PORT: number;
  readonly REFRESH_CRON: string;
  readonly WATCH: boolean;
  /** Megabytes. */
  readonly EDITION_MEMORY: number;
  /** Requests a minute. */
  readonly RATE_LIMIT: number | undefined;
  readonly TRUST_PROXY: number | undefined;
  /** Absent: the hook's posts are not signed. */
  readonly HOOK_SECRET: string | undefined;
  /** Absent: nothing below `/-/` exists. */
  readonly ADMIN_TOKEN: string | undefined;
  readonly STATS: boolean;
  readonly STATS_DAYS: number;
  readonly LOG_LEVEL: string;
  readonly LOG_REQUESTS: 'off' | 'on' | 'full';
};

/** Every environment variable, with its default, its parser and what it means. */
export const variables: { readonly [K in keyof Config]: Variable<Config[K]> } = {
  DATA_DIR: variable('data', String, 'The folder with the articles and headlines.'),
  STORE_URL: variable(
    'sqlite:var/linecaster.db',
    toStoreUrl,
    'Where ids, dates and published entries are kept: `sqlite:FILE`, or `postgres://…` for several machines.',
  ),
  HOST: variable<string | undefined>(undefined, String, 'The address to listen on; all interfaces when unset.'),
  // Before what is made of it: of the two it is the one that was mistyped.
  PORT: variable('3000', toPort, 'The port to listen on.'),
  PUBLIC_URL: variable(
    (environment) => `http://localhost:${environment.PORT || '3000'}`,
    toPublicUrl,
    'The address that readers use; every URL in a document begins with it. It may have a path; the default has the port of PORT.',
  ),
  REFRESH_CRON: variable(
    '*/5 * * * *',
    toCron,
    "When the data folder is looked at, as a cron expression in the publication's timezone; again after some seconds where that failed.",
  ),
  WATCH: variable('false', trueOrFalse, '`true` also refreshes as soon as a file changes.'),
  EDITION_MEMORY: variable(
    '64',
    matching(/^\d{1,9}$/, 'a whole number of megabytes, from 0 to 999999999', Number),
    'Megabytes that documents of tags and authors may take, which are made when they are asked for.',
  ),
  RATE_LIMIT: variable<number | undefined>(
    undefined,
    matching(/^[1-9]\d{0,8}$/, 'a whole number of requests a minute, from 1 to 999999999', Number),
    'How many requests without If-None-Match or If-Modified-Since a client may send in a minute; more are answered ' +
      'with 429. No limit when unset.',
  ),
  TRUST_PROXY: variable<number | undefined>(
    undefined,
    matching(/^[1-9]\d?$/, 'a number of proxies, from 1 to 99', Number),
    'How many proxies of your own stand before the server: that many entries of X-Forwarded-For are believed. When ' +
      'unset none is, and loopback and private addresses are not limited.',
  ),
  HOOK_SECRET: variable<string | undefined>(
    undefined,
    String,
    'Signs what is posted to `hooks: { published: … }` of publication.yaml, in `X-Hub-Signature-256`.',
  ),
  ADMIN_TOKEN: variable<string | undefined>(
    undefined,
    matching(/^[\x21-\x7e]{16,}$/, '16 or more ASCII letters, digits and signs without a blank', String),
    'Opens `/-/` to whoever sends it, as a Bearer token or as the password of Basic; 16 characters or more. Nothing ' +
      'below `/-/` exists when unset.',
  ),
  STATS: variable(
    'true',
    trueOrFalse,
    '`false` counts nothing of who reads, keeps nothing of it, and deletes what was kept before.',
  ),
  STATS_DAYS: variable(
    '400',
    matching(/^[1-9]\d{0,4}$/, 'a whole number of days, from 1 to 99999', Number),
    'For how many days the daily sums of who reads are kept.',
  ),
  LOG_LEVEL: variable(
    'info',
    matching(
      /^(trace|debug|info|warn|error|fatal|silent)$/,
      'trace, debug, info, warn, error, fatal or silent',
      String,
    ),
    'One of trace, debug, info, warn, error, fatal, silent.',
  ),
  LOG_REQUESTS: variable<Config['LOG_REQUESTS']>(
    'off',
    matching(/^(off|on|full)$/, 'off, on or full', (value) => value as Config['LOG_REQUESTS']),
    '`on` logs each request with the /24 or /48 that it came from, `full` with its whole address.',
  ),
};

/** Variables whose values are never shown. */
const secrets: ReadonlySet<string> = new Set<keyof Config>(['ADMIN_TOKEN', 'HOOK_SECRET']);

/** Reads the environment. Throws an Error that names the variable, what was expected and what was found. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const read = Object.entries(variables).map(([name, { fallback, parse }]) => {
    const value = environment[name] || fallback(environment);
    try {
      return [name, value === undefined ? undefined : parse(value)];
    } catch (error) {
      const found = secrets.has(name) ? `${value!.length} characters` : JSON.stringify(withoutCredentials(value!));
      throw new Error(`config: ${name}: expected ${(error as Error).message}, found ${found}`);
    }
  });
  return Object.fromEntries(read) as Config;
}

/** A URL, however it is mistyped, without the name and password in it; the path of a SQLite file has none. */
export function withoutCredentials(value: string): string {
  return value.replace(/^(?!sqlite:)([a-z+]*:)?(\/*).*@/is, '$1$2…@').replace(/(password=)[^&]*/gi, '$1…');
}

function toStoreUrl(value: string): string {
  if (/^sqlite:.+/.test(value)) return value;
  if (!/^postgres(ql)?:\/\/.+/.test(value)) throw new Error('sqlite:FILE or postgres://…');
  // There may be several hosts, of which the first makes a URL, or none before a socket's folder in the query.
  const url = URL.parse(value.replace(/,[^/?@]*(?=[/?]|$)/, '').replace(/@(?=\/[^@]*\?(.*&)?host=)/, '@localhost'));
  // A password such as 12#x makes a URL too: of a host that is the name, with a port.
  const isCut = url?.username === '' && `${url.pathname}${url.hash}`.includes('@');
  if (url !== null && !isCut && !/%(?![\da-f]{2})/i.test(url.username + url.password)) return value;
  throw new Error('postgres://NAME:PASSWORD@HOST:PORT/DATABASE, with %23 for # in a password, %2F for /, %25 for %');
}

function toPublicUrl(value: string): string {
  const url = URL.parse(value);
  const isPlain =
    url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === '';
  if (!isPlain) throw new Error('an http or https URL without a query');
  return url.href.replace(/\/+$/, '');
}

function toPort(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) < 65_536) return Number(value);
  throw new Error('a number from 0 to 65535');
}

function toCron(value: string): string {
  if (nodeCron.validate(value)) return value;
  throw new Error('a cron expression such as */5 * * * *');
}
