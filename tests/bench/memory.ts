import { readFileSync } from 'node:fs';

/** Megabytes (2²⁰ bytes) of a process that are resident now, and the most that ever were (Linux). */
export type Memory = { readonly now: number; readonly peak: number };

/** What /proc/PID/status says of a process that runs (proc(5), VmRSS and VmHWM). */
export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)![1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
