import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedImage } from './feeds/model.ts';
import { type Site, type SiteAddress, settingNames, storedSite, urlOf } from './feeds/site.ts';
import type { Instant } from './lib/instant.ts';
import { typeOfName } from './lib/media-type.ts';
import { formatProblem, type Problem } from './lib/problem.ts';
import { toAbsoluteUrl } from './lib/url.ts';
import { urlNamespace, uuidV5 } from './lib/uuid.ts';
import { defaultPublication, type Publication } from './publication.ts';
import { decode } from './source/decode.ts';
import type { Ledger } from './store/ledger.ts';
import { Refusal } from './store/refusal.ts';
import { resolveTargets } from './store/targets.ts';

/** The file with the publication's settings. */
const settingsFile = 'publication.yaml';

/**
 * Reads publication.yaml and keeps what it says in the store. Throws a Refusal when it is broken, or gone, or gives
 * the publication another id: entries would change their names, or the feeds theirs. Likewise when it has another name
 * at the first refresh, which would give them names that its own id contradicts; later that is a problem. `found` are the
 * paths of what is this file or might be taken for it.
 */
export async function takeSettings(
  ledger: Ledger,
  dir: string,
  found: readonly string[],
  address: SiteAddress,
  allowsAll: boolean,
): Promise<{ readonly site: Site; readonly problems: readonly Problem[] }> {
  const { publication, problems } = await readSettings(dir);
  const before = storedSite(ledger.settings, address);
  const misnamed = findMisnamed(found, publication !== undefined);
  if (publication === undefined) {
    if (before === undefined && misnamed.length > 0) throw new Refusal(misnamed.map(formatProblem).join('\n'));
    const isGone = ledger.files.has(settingsFile);
    const gone = `${settingsFile} is gone; the settings that it gave stay`;
    if (isGone && !allowsAll) {
      throw new Refusal([gone, ...misnamed.map(formatProblem)].join('\n'), { canBeAllowed: true });
    }
  } else if (
    before !== undefined &&
    publication.id !== undefined &&
    publication.id !== before.publicationId &&
    !allowsAll
  ) {
    const message =
      `${settingsFile}: expected the id ${before.publicationId}, found ${publication.id}: ` +
      'another publication takes a store of its own, named by STORE_URL';
    throw new Refusal(message, { canBeAllowed: true });
  }
  return { site: note(ledger, publication ?? defaultPublication, address), problems: [...problems, ...misnamed] };
}

/** Files that somebody may take for the settings, and that are not read. */
function findMisnamed(found: readonly string[], isRead: boolean): readonly Problem[] {
  // Where case does not count, the one that was read may be spelt otherwise.
  if (isRead && !found.includes(settingsFile)) return [];
  return found
    .filter((name) => name !== settingsFile)
    .map((file) => ({
      severity: isRead ? 'warning' : 'error',
      file,
      message: isRead
        ? `expected all settings in ${settingsFile}, found this file beside it: it is not read`
        : `expected the settings in ${settingsFile}, found them under this name: they are not read`,
    }));
}

async function readSettings(dir: string): Promise<{ publication?: Publication; problems: readonly Problem[] }> {
  const bytes = await readFile(join(dir, settingsFile)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Refusal(`${settingsFile}: ${error.message}`);
  });
  if (bytes === undefined) return { problems: [] };
  const decoded = decode(bytes);
  if ('reason' in decoded) throw new Refusal(`${settingsFile}: ${decoded.reason}`);
  // The schema and its library are needed when the folder is read, and no earlier.
  const { readPublication } = await import('./source/read-publication.ts');
  const { publication, problems } = readPublication(decoded.text, settingsFile);
  if (publication === undefined) throw new Refusal(problems.map(formatProblem).join('\n'));
  return { publication, problems };
}

/** Without an `id` of its own, a publication's is made of its first PUBLIC_URL. */
function note(ledger: Ledger, publication: Publication, address: SiteAddress): Site {
  const known = ledger.settings.get(settingNames.publicationId);
  const publicationId = publication.id ?? known ?? `urn:uuid:${uuidV5(urlNamespace, `${address.publicUrl}/`)}`;
  ledger.putSetting(settingNames.publication, JSON.stringify(publication));
  ledger.putSetting(settingNames.publicationId, publicationId);
  return storedSite(ledger.settings, address)!;
}

/** The site with its pictures, now that all files are known, and with the time of the last change of all that it says. */
export function takePictures(ledger: Ledger, site: Site, address: SiteAddress, now: Instant): Site {
  const { icon, logo, webfeeds } = site.publication;
  const images = {
    icon: findImage(ledger, site, icon),
    logo: findImage(ledger, site, logo),
    cover: findImage(ledger, site, webfeeds?.cover),
  };
  ledger.putSetting(settingNames.images, JSON.stringify(images));
  const facts = JSON.stringify([address, site.publication, images]);
  const [, before] = JSON.parse(ledger.settings.get(settingNames.changed) ?? '[]') as [number?, string?];
  if (facts !== before) ledger.putSetting(settingNames.changed, JSON.stringify([now, facts]));
  return storedSite(ledger.settings, address)!;
}

function findImage(ledger: Ledger, site: Site, reference: string | undefined): FeedImage | undefined {
  if (reference === undefined) return undefined;
  const target = resolveTargets(ledger, settingsFile, [reference])[reference]!;
  const url = toAbsoluteUrl(reference) ?? (target.kind === 'media' ? urlOf(site, `/media/${target.path}`) : undefined);
  const type = url && typeOfName(new URL(url).pathname);
  return url === undefined || type === undefined ? undefined : { url, type };
}

/** What publication.yaml should say and does not, for lint and the greeting. */
export function adviceOn(site: Site): readonly string[] {
  const { publication, publicationId, publicUrl, images } = site;
  const isLocal = /^(localhost|127\.|\[::1\])/.test(new URL(publicUrl).hostname);
  const advice: string[] = [];
  if (publication.title === undefined) advice.push('expected a title, found none: the title is the name of the host');
  if (publication.description === undefined) advice.push('expected a description, found none: it is the title');
  if (publication.language === undefined) advice.push('expected a language such as en, found none: none is sent');
  if (publication.id === undefined && isLocal) {
    advice.push(
      `expected an id, found none; to keep all ids when PUBLIC_URL is set, add the line: id: ${publicationId}`,
    );
  }
  const pictures = [
    ['icon', publication.icon, images.icon],
    ['logo', publication.logo, images.logo],
    ['cover', publication.webfeeds?.cover, images.cover],
  ] as const;
  for (const [name, reference, image] of pictures) {
    if (reference === undefined || image !== undefined) continue;
    advice.push(`expected a picture at ${reference} for the ${name}, found none: it is left out`);
  }
  return advice.map((one) => `${settingsFile}: warning: ${one}`);
}
