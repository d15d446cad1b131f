import fc from 'fast-check';
import { History } from '#testing/linearizability';
import { InMemoryWallets, type repositories, type WalletOp } from './wallets.ts';

const CLIENTS = 3;
const LENGTH = 3;

const operation: fc.Arbitrary<WalletOp> = fc.oneof(
  fc.record({ deposit: fc.integer({ min: 1, max: 9 }) }),
  fc.constant<WalletOp>('look'),
);

/** Draws programs and the order of their steps at random, and answers what the clients saw. */
export async function randomHistories(
  count: number,
  { seed, repository }: { readonly seed: number; readonly repository: (typeof repositories)['faulty' | 'correct'] },
): Promise<readonly History<WalletOp, number>[]> {
  const histories: History<WalletOp, number>[] = [];
  const programs = fc.array(fc.array(operation, { minLength: 1, maxLength: LENGTH }), {
    minLength: CLIENTS,
    maxLength: CLIENTS,
  });
  const property = fc.asyncProperty(fc.scheduler(), programs, async (scheduler, clients) => {
    const [history, wallets] = [new History<WalletOp, number>(), new InMemoryWallets()];
    const turn = (): Promise<void> => scheduler.schedule(Promise.resolve());
    const inTurns = new Proxy(wallets, {
      get: (_, key: 'read' | 'write' | 'add') => async (cents: number) => {
        await turn();
        return await wallets[key](cents);
      },
    });
    const acts = clients.map(async (program, index) => {
      for (const op of program) {
        await turn();
        const invocation = history.invoke(`client ${index}`, op);
        const answer = await repository(inTurns, op);
        await turn();
        invocation.answered(answer);
      }
    });
    await scheduler.waitFor(Promise.all(acts));
    histories.push(history);
  });
  await fc.assert(property, { numRuns: count, seed });
  return histories;
}
