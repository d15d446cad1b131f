import { race } from '#testing/concurrency';
import { intercepted, TestContainer } from '#testing/container';
import { exploreOrders, type Exploration, type ExploreOptions } from '#testing/order';
import fc from 'fast-check';
import { ContainerModule } from 'inversify';

/** What exploring costs: with more actors and calls, with declared keys, and beside the scheduler of fast-check. */
abstract class Shelf {
  abstract touch(place: string): Promise<void>;
}

/** Calls of each actor at places of its own, and a last one where all meet. */
async function scenario(actors: number, calls: number): Promise<void> {
  await using container = new TestContainer([
    new ContainerModule(({ bind }) => {
      bind(Shelf).toConstantValue({ touch: async () => {} });
    }),
  ]);
  const shelf = await container.get(Shelf);
  const act = (actor: number) => async (): Promise<void> => {
    for (let call = 1; call < calls; call += 1) await shelf.touch(`place ${actor}`);
    await shelf.touch('the middle');
  };
  await race(Object.fromEntries(Array.from({ length: actors }, (_, actor) => [`actor ${actor}`, act(actor)])));
}

const keys: ExploreOptions['touches'] = ({ args: [place] }) => ({ writes: [String(place)] });
const limits: ExploreOptions = { orders: 100_000, within: 120_000, checkedUpTo: 0 };

async function explored(actors: number, calls: number, options: ExploreOptions) {
  const from = performance.now();
  const exploration = await exploreOrders(() => scenario(actors, calls), { ...limits, ...options });
  return { exploration, milliseconds: performance.now() - from };
}

/** The scheduler of fast-check decides who of the same actors goes on; it draws orders, and does not know which it has seen. */
async function drawn(actors: number, calls: number, orders: number): Promise<number> {
  const from = performance.now();
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const interception = {
      calls: (call: { what: string }, proceed: () => unknown) =>
        scheduler.schedule(Promise.resolve(), call.what).then(proceed),
    };
    const run = intercepted(interception, () => scenario(actors, calls));
    await scheduler.waitFor(run);
  });
  await fc.assert(property, { numRuns: orders });
  return performance.now() - from;
}

const sizes = [
  [2, 3],
  [2, 5],
  [2, 7],
  [3, 2],
  [3, 3],
  [3, 4],
  [4, 2],
  [3, 5],
] as const;
const TOO_MANY = 100_000;

await explored(2, 5, {}); // compiled by then
const rows: (string | number)[][] = [];
for (const [actors, calls] of sizes) {
  const all = ordersOf(actors, calls);
  const full = all > TOO_MANY ? undefined : await explored(actors, calls, {});
  const reduced = await explored(actors, calls, { touches: keys });
  const draws = 300;
  const perDraw = (await drawn(actors, calls, draws)) / draws;
  rows.push([
    `${actors} x ${calls}`,
    all.toLocaleString('en-US'),
    full === undefined ? 'not run' : ran(full.exploration, all),
    full === undefined ? '' : Math.round(full.milliseconds),
    full === undefined ? '' : Math.round((1_000 * full.exploration.runs) / full.milliseconds),
    `${reduced.exploration.certificate.isComplete ? '' : 'not complete: '}${reduced.exploration.certificate.orders}`,
    Math.round(reduced.milliseconds),
    Math.round(1_000 / perDraw),
  ]);
  console.error(`${rows.length} of ${sizes.length}: ${actors} x ${calls}`);
}
const head = [
  'actors x calls',
  'orders',
  'run',
  'ms',
  'per second',
  'under keys',
  'ms',
  'fast-check, draws per second',
];
console.log(JSON.stringify({ head, rows }));

function ran({ certificate }: Exploration, all: number): string {
  return certificate.isComplete && certificate.orders === all ? 'all' : `${certificate.orders}`;
}

/** In how many ways so many sequences can be merged: (n k)! / k!^n. */
function ordersOf(actors: number, calls: number): number {
  let orders = 1;
  for (let step = 1; step <= actors * calls; step += 1) orders = (orders * step) / (((step - 1) % calls) + 1);
  return Math.round(orders);
}
