import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

/** `path` is of the file that is its socket. */
export type Host = { readonly path?: string; readonly host: string; readonly port: number };

/** What a URL says, in the way of the package `postgres`. */
export type Destination = {
  readonly url: string;
  /** Several, or one that is an address or a socket; of one by its name the URL says it. */
  readonly hosts: readonly Host[];
  /** Which of the hosts is wanted, in libpq's words. */
  readonly wanted: string;
  readonly login: { readonly user?: string; readonly password?: string; readonly database?: string };
  /** Undefined where the URL says it. */
  readonly ssl: ConnectionOptions | undefined;
};

/**
 * What libpq, and with it `psql` and `pg_dump`, keeps to itself. The package would tell it to the database, which hangs
 * up on what it does not know.
 */
const notToldToDatabase =
  /^(ssl(?!$|mode$|negotiation$)|channel_binding|require|gss|krb|keepalives|tcp_user|host|port|user$|password$|dbname$|service|passfile|load_balance|fallback_|m(in|ax)_protocol)/;

/** Reads a URL as libpq does. Rejects when a file that it names for TLS cannot be read. */
export async function readUrl(given: string): Promise<Destination> {
  const [, start, names, path, query] = /^(\w+:\/\/(?:[^/?]*@)?)([^/?]*)([^?]*)\??(.*)$/s.exec(given)!;
  const parameters = new URLSearchParams(query);
  const authority = authorityOf(names!, parameters);
  const hosts = hostsOf(authority);
  const login = loginOf(path!, query!);
  const ssl = await readTls(parameters);
  for (const name of [...parameters.keys()]) {
    if (notToldToDatabase.test(name)) parameters.delete(name);
  }
  if (!parameters.has('sslmode') && process.env.PGSSLMODE) parameters.set('sslmode', process.env.PGSSLMODE);
  // As near to it as the package comes; `any` is what it does unasked.
  if (parameters.get('sslmode') === 'allow') parameters.set('sslmode', 'prefer');
  const wanted = parameters.get('target_session_attrs') || 'any';
  parameters.delete('target_session_attrs');
  // The package takes no URL in which the folder of a socket stands first of several.
  const named = hosts.length === 0 ? authority : 'localhost';
  return { url: `${start}${named}${path}?${parameters}`, hosts, wanted, login, ssl };
}

/** What the query says of it goes before what stands elsewhere. A plus is none of its blanks. */
function loginOf(path: string, query: string): Destination['login'] {
  const said = new URLSearchParams(query.replaceAll('+', '%2B'));
  const [user, password] = [said.get('user'), said.get('password')];
  const database = said.get('dbname') || decodeURIComponent(path.slice(1));
  return { ...(user && { user }), ...(password && { password }), ...(database && { database }) };
}

/** Hosts and ports, which may also stand in the query: the folder of a socket has no other place that all can read. */
function authorityOf(names: string, parameters: URLSearchParams): string {
  const [hosts, ports] = [parameters.get('host'), parameters.get('port')];
  if (!hosts) return names;
  const all = ports?.split(',') ?? [];
  return hosts
    .split(',')
    .map((host, n) => [isIP(host) === 6 ? `[${host}]` : encodeURIComponent(host), all[n] ?? all[0]])
    .map(([host, port]) => (port === undefined ? host : `${host}:${port}`))
    .join(',');
}

/** Of what the package cuts up, takes for a name, or does not compare a certificate with; else none. */
function hostsOf(names: string): readonly Host[] {
  if (!/[,[]|%2F|^[\d.]+(:|$)/i.test(names)) return [];
  const hosts = names.split(',').map((name) => /^\[?(.*?)\]?(?::(\d+))?$/.exec(name)!);
  const usual = Number(hosts[0]![2] ?? process.env.PGPORT ?? 5432);
  return hosts.map(([, name, number]) => {
    const [host, port] = [decodeURIComponent(name!), Number(number ?? usual)];
    return { host, port, ...(host.startsWith('/') && { path: `${host}/.s.PGSQL.${port}` }) };
  });
}

/** How the server is looked at, and what is shown to it; undefined where `sslmode` alone says so. */
async function readTls(parameters: URLSearchParams): Promise<ConnectionOptions | undefined> {
  // A file that the environment names for all that is connected to asks for no TLS by itself.
  const isAsked = ['sslmode', 'sslrootcert', 'sslcert'].some((name) => parameters.get(name));
  if (!isAsked && !process.env.PGSSLMODE) return undefined;
  const said = (name: string): string | undefined =>
    parameters.get(name) || process.env[`PG${name.toUpperCase()}`] || undefined;
  const contentOf = async (name: string): Promise<Buffer | undefined> => {
    const file = said(name);
    return file === undefined ? undefined : readFile(file);
  };
  const isSystem = said('sslrootcert') === 'system';
  const mode = said('sslmode') ?? (isSystem ? 'verify-full' : undefined);
  const isChecked = /^verify-/.test(mode ?? '');
  const hasFiles = ['sslrootcert', 'sslcert'].some((name) => said(name) !== undefined);
  if (!isChecked && (!hasFiles || /^(disable|allow|prefer)$/.test(mode ?? ''))) return undefined;
  const ca = isSystem ? undefined : await contentOf('sslrootcert');
  const [cert, key, passphrase] = [await contentOf('sslcert'), await contentOf('sslkey'), said('sslpassword')];
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(passphrase && { passphrase }),
    // Who names an authority wants to hear of no other, as with libpq.
    rejectUnauthorized: isChecked || ca !== undefined,
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}
