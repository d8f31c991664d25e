import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { ask } from '../http/raw.ts';
import { until } from '../http/site.ts';

/** A real nginx on a free port of the loopback interface. */
export type Nginx = { readonly origin: string; readonly stop: () => Promise<void> };

/** Starts it in the folder `home`: with `main` at the top of its configuration, `http` around its one server. */
export async function startNginx(
  home: string,
  { main = '', http = '', server }: { readonly main?: string; readonly http?: string; readonly server: string },
): Promise<Nginx> {
  const port = await freePort();
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${home}/${name};`,
  );
  writeFileSync(
    join(home, 'nginx.conf'),
    `${main} daemon off; master_process off; pid ${home}/pid;
events { }
http {
  ${folders.join(' ')}
  access_log off;
  ${http}
  server { listen 127.0.0.1:${port}; ${server} }
}
`,
  );
  const child = spawn('nginx', ['-p', home, '-c', join(home, 'nginx.conf'), '-e', join(home, 'error.log')], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  await until(() =>
    ask(origin, 'GET /').then(
      () => true,
      () => false,
    ),
  );
  const stop = (): Promise<void> => {
    child.kill();
    return ended;
  };
  return { origin, stop };
}
