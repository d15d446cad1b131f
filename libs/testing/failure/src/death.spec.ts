import { abortable } from '#kernel';
import { ContainerTest } from '#testing/container';
import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { sweepFaults } from './sweep-faults.ts';

abstract class Post {
  abstract send(letter: string, options: { readonly signal: AbortSignal }): Promise<void>;
  abstract sweep(signal: AbortSignal): Promise<void>;
}

class PostTest extends ContainerTest {
  readonly seen: string[] = [];
  readonly post = this.fixture(() => this.get(Post));

  protected modules(): readonly ContainerModule[] {
    const post: Post = {
      send: () => Promise.resolve(),
      sweep: async (signal) => signal.addEventListener('abort', () => this.seen.push('undone')),
    };
    return [new ContainerModule(({ bind }) => void bind(Post).toConstantValue(post))];
  }
}

const t = PostTest.install();

describe('A process that has died', () => {
  it(
    'does not hear of it by its own signal, and its adapters do',
    t.trials(
      async (trials) => {
        const { cells } = await sweepFaults(trials, {
          faults: ({ what }) => (what === 'Post.send' ? ['crashes-before', 'crashes-after'] : []),
          workflow: async ({ get, seen }, { signal }) => {
            const post = await get(Post);
            await post.sweep(signal);
            await abortable(post.send('welcome', { signal }), signal).catch(() => seen.push('went on'));
          },
          recover: () => {},
          holds: ({ seen }, { faulted }) => expect(seen).to.deep.equal(faulted ? ['undone'] : []),
        });

        expect(cells.map(({ outcome, error }) => [outcome, error])).to.deep.equal(Array(2).fill(['died', null]));
      },
      { within: 10_000 },
    ),
  );

  it(
    'stands still at a port that is known to answer later, whether its method is an `async` function or not',
    t.trials(
      async (trials) => {
        const { cells } = await sweepFaults(trials, {
          faults: ({ what }) => (what === 'Post.sweep' ? ['crashes-before'] : []),
          workflow: async ({ get, seen }, { signal }) => {
            const post = await get(Post);
            await post.send('first', { signal });
            const sweeping = post.sweep(signal);
            try {
              await Promise.resolve();
              await post.send('second', { signal });
            } catch {
              seen.push('went on');
            }
            await sweeping;
          },
          recover: () => {},
          holds: ({ seen }) => expect(seen).to.deep.equal([]),
        });

        expect(cells.map(({ outcome, error }) => [outcome, error])).to.deep.equal([['died', null]]);
      },
      { within: 10_000 },
    ),
  );

  it(
    'is named where the recovery asks a port of it',
    t.trials(
      async (trials) => {
        const { cells } = await sweepFaults(trials, {
          faults: ({ number }) => (number === 2 ? ['crashes-before'] : []),
          workflow: async ({ post }, { signal }) => {
            for (const letter of ['first', 'second']) await (await post()).send(letter, { signal });
          },
          holds: () => {},
        });

        expect(cells[0]?.error).to.match(
          /The recovery.*waits for Post\.send of a container that has died \(ask `get` again after a crash\) at /,
        );
      },
      { within: 10_000 },
    ),
  );
});
