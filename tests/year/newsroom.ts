import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Desk } from '../harness.ts';
import { type Line, newStory, type Source, type Story, toBytes } from './model.ts';
import type { Random } from './random.ts';
import { Wording } from './wording.ts';

/** A data folder, what its editors know of it, and what subscribers should have. */
export class Newsroom {
  readonly desk: Desk;
  readonly random: Random;
  readonly wording: Wording;
  readonly stories: Set<Story> = new Set();
  sources: Source[] = [];
  /** Files that were edited since the last look. */
  readonly touched: Set<Source> = new Set();
  /** Paths that were left since the last look: another file there would look like an edit. */
  readonly vacated: Set<string> = new Set();
  #names = 0;

  constructor(desk: Desk, random: Random) {
    this.desk = desk;
    this.random = random;
    this.wording = new Wording(random);
    this.saveText('publication.yaml', 'title: The year\nid: urn:example:year\nlimit: 20\n');
  }

  /** A path that was never used. */
  newPath(folder: string, type: string): string {
    this.#names += 1;
    return `${folder}/${this.#names}-${this.wording.words(1)[0]}${type}`;
  }

  add(source: Pick<Source, 'kind' | 'path'> & Partial<Source>): Source {
    const added = { lines: [], isAway: false, isGone: false, isBroken: false, isTwin: false, ...source };
    this.sources.push(added);
    return this.save(added);
  }

  /** Writes the file as it should be, and notes that it was edited. */
  save(source: Source): Source {
    this.saveText(source.path, toBytes(source));
    this.touched.add(source);
    return source;
  }

  saveText(path: string, text: string): void {
    const full = join(this.desk.dir, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    // A fake clock's file has a fake time; also, what was just written would be read with a pause.
    const seconds = (this.desk.now - 60_000) / 1000;
    utimesSync(full, seconds, seconds);
  }

  takeAway(source: Source): void {
    rmSync(join(this.desk.dir, source.path));
    source.isAway = true;
    this.vacated.add(source.path);
    this.touched.add(source);
  }

  rename(source: Source, path: string): void {
    mkdirSync(dirname(join(this.desk.dir, path)), { recursive: true });
    renameSync(join(this.desk.dir, source.path), join(this.desk.dir, path));
    this.vacated.add(source.path);
    source.path = path;
    this.touched.add(source);
  }

  /** A file that is as it should be and was not edited since the last look, if there is one that `fits`. */
  pickFile(fits: (source: Source) => boolean): Source | undefined {
    const found = this.sources.filter(
      (source) => !source.isAway && !source.isBroken && !this.touched.has(source) && fits(source),
    );
    return found.length === 0 ? undefined : this.random.pick(found);
  }

  /** Another day, another look. */
  forget(): void {
    this.touched.clear();
    this.vacated.clear();
  }

  story(kind: Story['kind'], title: string, former?: Story): Story {
    const story = newStory(kind, title, former);
    this.stories.add(story);
    return story;
  }

  /** Lines that hold headlines never seen. */
  newLines(count: number): readonly Line[] {
    return Array.from({ length: count }, () => {
      const title = this.wording.headline();
      return {
        story: this.story('headline', title),
        title,
        ...(this.random.chance(20) ? { link: this.newLink() } : {}),
      };
    });
  }

  newLink(): string {
    return `https://elsewhere.example/${this.wording.words(1)[0]}`;
  }

  /** How many articles are in the feeds. */
  countArticles(): number {
    return [...this.stories].filter(({ isArticle, isLive }) => isArticle && isLive).length;
  }

  /** Whether nothing of the same words was news again since. */
  isLast(story: Story): boolean {
    return [...this.stories].every(({ former }) => former !== story);
  }

  /** In how many lists a headline stands, as the editors have them. */
  countLists(story: Story): number {
    return this.sources.filter(({ lines }) => lines.some((line) => line.story === story)).length;
  }
}
