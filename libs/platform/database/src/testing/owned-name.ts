import { lifeOf } from '../embedded/life-of.ts';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
const OWNED = /^lockstep_test_([0-9a-f]{6})_(\d+)_([0-9a-zA-Z]+)_/;

/** The beginning of every name this process gives, so that others can tell when its owner is dead. */
export async function ownName(): Promise<string> {
  return `lockstep_test_${HOST}_${process.pid}_${await lifeOf(process.pid)}`;
}

/** Whether a name was given by a process of this host that is no more. Other hosts' processes cannot be judged from here. */
export async function ownerIsDead(name: string): Promise<boolean> {
  const [, host, pid, life] = OWNED.exec(name) ?? [];
  return host === HOST && (await lifeOf(Number(pid))) !== life;
}
