import { hasError, type Problem } from '../lib/problem.ts';
import { defaultPublication, type Publication } from '../publication.ts';
import { describe } from './describe.ts';
import { isRecord } from './located.ts';
import { checkSettings } from './publication-schema.ts';
import { readYaml } from './yaml.ts';

/**
 * Reads publication.yaml. Unknown keys and values that are not what was expected are errors with their line, and any
 * error gives no publication: half of its settings could move ids, dates or links.
 */
export function readPublication(
  yamlText: string,
  file: string = 'publication.yaml',
): { publication?: Publication; problems: Problem[] } {
  const located = readYaml(yamlText);
  const toProblem = (line: number, message: string): Problem => ({ severity: 'error', file, line, message });
  if ('message' in located) return { problems: [toProblem(located.line, located.message)] };
  if (yamlText.trim() === '') return { problems: [toProblem(1, 'expected settings, found an empty file')] };
  const { publication, issues } = checkSettings(withoutNulls(located.value) ?? {}, defaultPublication);
  const problems = [
    ...located.warnings.map(({ line, message, isHint }): Problem => {
      return isHint ? { ...toProblem(line, message), severity: 'warning' } : toProblem(line, message);
    }),
    ...issues.map(({ path, expected, found }) => {
      const name = path.length === 0 ? '' : `${path.join(': ')}: `;
      return toProblem(located.lineOf(path), `${name}expected ${expected}, found ${describe(found)}`);
    }),
  ];
  return publication === undefined || hasError(problems) ? { problems } : { publication, problems };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}
