#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// A supervisor may ask for a reload while the server is still loading; that ends a process that does not listen for it, and
// the first refresh, which is yet to come, does what is asked for.
if (process.argv.includes('serve')) process.on('SIGHUP', () => undefined);

// What was compiled once is not compiled again at the next start. This thread goes by the call, others by the variable.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled');
enableCompileCache(process.env.NODE_COMPILE_CACHE);

const { readConfig, variables } = await import('./config.ts');

const usage = `Usage: node src/main.ts COMMAND

Commands
  serve            refresh, listen, and keep refreshing on the cron schedule
                   --allow-mass-withdrawal lets the first refresh withdraw as much as it finds gone
  build --out DIR  write all documents, archives, pages and media as files; only what changed is written
                   --allow-mass-withdrawal as above
  push             tell hubs and hooks of what was built, once the files are where readers get them
  lint [DIR]       check a data folder; say how each file was read and what would be published
                   --drafts lists drafts too
  import URL|FILE  write the entries of another site's feed, with its archives, as articles into the data folder
  backup FILE      write the store, as it stands at this moment, into one file; a server may go on meanwhile
  restore FILE     put a backup in the place of the store, while no server runs on it
                   --replace sets aside the store that is there

Environment
${Object.entries(variables)
  .map(([name, { fallback, sentence }]) => `  ${name.padEnd(15)}  ${sentence} Default: ${fallback({}) ?? 'unset'}`)
  .join('\n')}
`;

// A server has no need of what the other commands are made of: each is loaded when it is asked for.

/** What each command is followed by, as in the usage above, and the options that it has. */
const commands: Readonly<Record<string, { readonly needs: string; readonly options: readonly string[] }>> = {
  serve: { needs: '', options: ['allow-mass-withdrawal'] },
  build: { needs: ' --out DIR', options: ['out', 'allow-mass-withdrawal'] },
  push: { needs: '', options: [] },
  lint: { needs: ' [DIR]', options: ['drafts'] },
  import: { needs: ' URL|FILE', options: [] },
  backup: { needs: ' FILE', options: [] },
  restore: { needs: ' FILE', options: ['replace'] },
};

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        out: { type: 'string' },
        drafts: { type: 'boolean' },
        replace: { type: 'boolean' },
        'allow-mass-withdrawal': { type: 'boolean' },
      },
    });
  } catch (error) {
    return misuse((error as Error).message);
  }
}

function misuse(message: string): never {
  process.stderr.write(`linecaster: ${message}\n--help lists the commands and their options\n`);
  process.exit(2);
}

/** Runs one command; gives the exit code, or undefined when the process is to stay. */
async function main(args: readonly string[]): Promise<number | undefined> {
  const { values, positionals } = readArguments(args);
  const [command, folder, ...more] = positionals;
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  if (command === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const { needs, options } = Object.hasOwn(commands, command)
    ? commands[command]!
    : misuse(`there is no command “${command}”`);
  const other = Object.keys(values).find((name) => !options.includes(name));
  if (other !== undefined) misuse(`${command} has no option --${other}`);
  // As a variable of the shell is that was never set.
  if ([...positionals, ...Object.values(values)].includes(''))
    misuse(`${command}: expected a name, found an empty one`);
  if (command === 'serve' && folder === undefined) {
    isServer = true;
    const config = readConfig(process.env);
    const { startWorker } = await import('./newsroom.ts');
    // It takes as long to load as the server does, and does so at the same time.
    const worker = startWorker(config);
    const { serve } = await import('./serve.ts');
    await serve(config, values['allow-mass-withdrawal'] ?? false, worker);
    return undefined;
  }
  if (command === 'build' && folder === undefined && values.out !== undefined) {
    const { exportEdition } = await import('./export/export.ts');
    return exportEdition(readConfig(process.env), values.out, values['allow-mass-withdrawal'] ?? false);
  }
  if (command === 'push' && folder === undefined) {
    const { pushOnce } = await import('./push/push-once.ts');
    return pushOnce(readConfig(process.env));
  }
  if (command === 'lint' && more.length === 0) {
    const config = readConfig(process.env);
    const { lint } = await import('./lint.ts');
    return lint({ ...config, DATA_DIR: folder ?? config.DATA_DIR }, values.drafts ?? false);
  }
  if (command === 'import' && folder !== undefined && more.length === 0) {
    const { importFeed } = await import('./import/import.ts');
    return importFeed(readConfig(process.env), folder);
  }
  if (command === 'backup' && folder !== undefined && more.length === 0) {
    const { backUp } = await import('./backup/backup.ts');
    process.stdout.write(await backUp(readConfig(process.env).STORE_URL, folder));
    return 0;
  }
  if (command === 'restore' && folder !== undefined && more.length === 0) {
    const { restore } = await import('./backup/restore.ts');
    process.stdout.write(await restore(readConfig(process.env).STORE_URL, folder, values.replace ?? false));
    return 0;
  }
  return misuse(`expected “${command}${needs}”, found “${args.join(' ')}”`);
}

let isServer = false;

// Whoever reads may have had enough, as `head` has: then this ends as a program does that a broken pipe ends. A server
// goes on: who reads the feeds has no part in what becomes of its log.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (isServer) return;
    if (error.code === 'EPIPE') process.exit(128 + 13);
    process.stderr.write(`linecaster: cannot write: ${error.message}\n`, () => process.exit(1));
  });
}

try {
  const code = await main(process.argv.slice(2));
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  process.stderr.write(`linecaster: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
