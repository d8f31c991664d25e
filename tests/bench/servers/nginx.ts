import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../free-port.ts';
import type { Content } from './content.ts';

export type Nginx = {
  readonly process: ChildProcess;
  readonly port: number;
  readonly put: (content: Content) => void;
};

export function hasNginx(): boolean {
  return spawnSync('nginx', ['-v']).status === 0;
}

/** nginx in one process, with files that were compressed beforehand. */
export async function startNginx(dir: string): Promise<Nginx> {
  const port = await freePort();
  mkdirSync(join(dir, 'files'), { recursive: true });
  writeFileSync(join(dir, 'nginx.conf'), configuration(dir, port));
  const child = spawn('nginx', ['-p', dir, '-c', 'nginx.conf', '-e', join(dir, 'error.log')], { stdio: 'ignore' });
  await untilOpen(port);
  const put = (content: Content): void => {
    writeFileSync(join(dir, 'files', 'rss.xml'), content.text);
    writeFileSync(join(dir, 'files', 'rss.xml.gz'), Buffer.from(content.gzip, 'base64'));
  };
  return { process: child, port, put };
}

function configuration(dir: string, port: number): string {
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`);
  return `daemon off;
master_process off;
worker_processes 1;
pid ${dir}/nginx.pid;
events { worker_connections 1024; }
http {
  ${own.join('\n  ')}
  access_log off;
  types { application/rss+xml xml; }
  charset utf-8;
  charset_types application/rss+xml;
  sendfile on;
  tcp_nodelay on;
  keepalive_timeout 75;
  keepalive_requests 1000000000;
  gzip_static on;
  gzip_vary on;
  server {
    listen 127.0.0.1:${port};
    root ${dir}/files;
    add_header Cache-Control "public, max-age=300";
    add_header Access-Control-Allow-Origin "*";
    add_header X-Content-Type-Options nosniff;
  }
}
`;
}

/** Waits until something listens on the port, ten seconds at most. */
export async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}
