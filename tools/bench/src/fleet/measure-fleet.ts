import { join } from 'node:path';
import { modelNamed } from '#backups/domain';
import type { Asked, Cell, Figures } from '../product/asked.ts';
import { BenchServer } from '../product/bench-server.ts';
import { isOf, Program } from '../product/program.ts';
import { rounded, times } from '../product/rounded.ts';
import { spreadOf } from '../spread.ts';
import { BackupSite } from './backup-site.ts';
import type { BareDevice, BareDone, BareOrder } from './bare-loop.ts';
import { COUNT, CREDENTIALS, type FleetDevice, type FleetReady } from './fleet-device.ts';
import { spreadOut } from './spread-out.ts';

const SIZES = { quick: [20], usual: [100, 1_000] } as const;
const SESSIONS = 20;
/** Of the whole fleet. */
const DEAD = 0.3;
/** Less is no configuration of any of the recordings. */
const LEAST_TEXT = 200;

const ROUNDS = [
  'bare ssh2 loop',
  'lockstep, all new',
  'lockstep, nothing changed',
  'lockstep, among 30 % dead',
] as const;
type Round = { readonly milliseconds: number; readonly peakMb: number; readonly cpuMs: number };
type Rounds = Readonly<Record<(typeof ROUNDS)[number], Round>>;

/** A fleet of simulated devices, backed up by the worker of the product and by a loop that only fetches the text. */
export async function measureFleet(asked: Asked): Promise<readonly Figures[]> {
  await using server = await BenchServer.start(asked.signal);
  const rows: Cell[][] = [];
  for (const count of SIZES[asked.size]) {
    const runs: Rounds[] = [];
    for (let run = 1; run <= asked.runs; run += 1) {
      const told = (doing: string): void => asked.tell(`${count} devices, run ${run} of ${asked.runs}: ${doing}`);
      runs.push(await roundsOf(count, await server.newDatabase(), { ...asked, tell: told }));
    }
    const median = (round: (typeof ROUNDS)[number], of: keyof Round): number =>
      spreadOf(runs.map((one) => one[round][of])).median;
    for (const round of ROUNDS) {
      const [took, bare] = [median(round, 'milliseconds'), median('bare ssh2 loop', 'milliseconds')];
      const isAmong = round === 'lockstep, among 30 % dead';
      const alone = isAmong ? times(took, median('lockstep, nothing changed', 'milliseconds')) : '';
      const cells = [rounded(took / 1_000), rounded((1_000 * count) / took), times(took, bare), alone];
      rows.push([round, count, ...cells, rounded(median(round, 'cpuMs') / count), rounded(median(round, 'peakMb'))]);
    }
  }
  const head = [
    'round',
    'healthy devices',
    's',
    'devices/s',
    'time of bare',
    'time of none dead',
    'cpu ms/device',
    'peak MB',
  ];
  return [{ title: `Simulated devices in one process, collected in ${SESSIONS} sessions by another one`, head, rows }];
}

async function roundsOf(count: number, url: string, { signal, tell }: Asked): Promise<Rounds> {
  tell('getting ready');
  await using fleet = new Program(join(import.meta.dirname, 'fleet-main.ts'), {
    env: { [COUNT]: String(count) },
    signal,
  });
  const { devices, deadPort } = await fleet.next(isOf<FleetReady>('fleet'));
  tell('the bare loop');
  const bare = await bareLoop(devices, signal);
  tell('registering');
  await using site = await BackupSite.open(url, SESSIONS, signal);
  const healthy = await site.addDevices(devices);
  const deadCount = Math.round((count * DEAD) / (1 - DEAD));
  const dead = await site.addDevices(
    Array.from({ length: deadCount }, (_, nth) => ({ ...devices[nth % count]!, port: deadPort })),
  );
  tell('all new');
  const first = await timed(site, () => site.round(healthy, healthy));
  tell('nothing changed');
  const again = await timed(site, () => site.round(healthy, healthy));
  tell('among dead ones');
  await site.haveFailed(dead);
  const among = await timed(site, () => site.round(spreadOut(healthy, dead), healthy));
  return {
    'bare ssh2 loop': bare,
    'lockstep, all new': first,
    'lockstep, nothing changed': again,
    'lockstep, among 30 % dead': among,
  };
}

async function timed(site: BackupSite, round: () => Promise<number>): Promise<Round> {
  const before = await site.costs();
  const milliseconds = await round();
  const { peakMb, cpuMs } = await site.costs();
  return { milliseconds, peakMb, cpuMs: cpuMs - before.cpuMs };
}

async function bareLoop(devices: readonly FleetDevice[], signal: AbortSignal): Promise<Round> {
  await using program = new Program(join(import.meta.dirname, 'bare-loop.ts'), { env: {}, signal });
  await program.next(isOf<{ kind: 'ready' }>('ready'));
  const order: BareOrder = { devices: devices.map(bareDevice), sessions: SESSIONS, credentials: CREDENTIALS };
  const { milliseconds, shortest, peakMb, cpuMs } = await program.ask(order, isOf<BareDone>('fetched'));
  if (shortest < LEAST_TEXT) throw new Error(`The bare loop has a text of ${shortest} characters: it fetched nothing.`);
  return { milliseconds, peakMb, cpuMs };
}

function bareDevice({ address, port, model: name }: FleetDevice): BareDevice {
  const model = modelNamed(name);
  if (model === null) throw new Error(`There is no model ${name}.`);
  const { mode } = model;
  const commands = mode === 'exec' ? model.commands : [...model.preparation, model.command, model.logout];
  return { address, port, mode, commands };
}
