import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';
import type { Site } from '../feeds/site.ts';
import { embedScriptPath } from '../pages/embed/builder.ts';
import { embedScript } from '../pages/lasting-file.ts';
import type { PageSources } from '../pages/render.ts';

type Address = Pick<Site, 'publicUrl'>;

/** The headers, names and values in turn, that tell a browser what a page may do and who may frame it. */
export function pageHeaders(site: Address, sources: PageSources): readonly string[] {
  const key = JSON.stringify([site.publicUrl, sources]);
  let headers = known.get(key);
  if (headers === undefined) {
    if (known.size > 200) known.clear();
    headers = collect(toOptions(site, sources));
    known.set(key, headers);
  }
  return headers;
}

const known = new Map<string, readonly string[]>();

function toOptions({ publicUrl }: Address, sources: PageSources): HelmetOptions {
  const isSecure = publicUrl.startsWith('https:') && sources.isAnywhere !== true;
  const directives = toDirectives(publicUrl, sources);
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: isSecure ? { ...directives, 'upgrade-insecure-requests': [] } : directives,
    },
    xFrameOptions: sources.isFrame === true ? false : { action: 'deny' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    // A browser says aloud that it ignores these where the connection is not secure.
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: isSecure && sources.isFrame !== true ? { policy: 'same-origin' } : false,
    originAgentCluster: isSecure,
    // Said of everything that is served, or of no use any more.
    crossOriginResourcePolicy: false,
    xContentTypeOptions: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    xPoweredBy: false,
    xDnsPrefetchControl: false,
  };
}

function toDirectives(publicUrl: string, sources: PageSources): Record<string, readonly string[]> {
  const { origin } = new URL(publicUrl);
  // The page may be looked at under another name than the one that its URLs have.
  const own = ["'self'", origin];
  const media = [...own, ...(sources.media ?? [])];
  const scripts = [...sources.scripts];
  if (sources.previews === true) {
    scripts.push(`${publicUrl}${embedScriptPath}`, `${publicUrl}${embedScript.path}`);
  }
  return {
    'default-src': ["'none'"],
    'style-src': sources.styles,
    'script-src': scripts.length > 0 ? scripts : ["'none'"],
    'img-src': [...media, 'data:'],
    'media-src': media,
    ...(sources.previews === true ? { 'connect-src': own, 'frame-src': own } : {}),
    'base-uri': ["'none'"],
    'form-action': [sources.hasForms === true ? "'self'" : "'none'"],
    'frame-ancestors': [sources.isFrame === true ? '*' : "'none'"],
  };
}

/** What helmet sets on a response. It looks at nothing of one, nor of a request. */
function collect(options: HelmetOptions): readonly string[] {
  const headers = new Map<string, string>();
  const response = { setHeader: (name: string, value: string) => headers.set(name.toLowerCase(), value) };
  helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  return [...headers].flat();
}
