import type { DialogueEvent } from '#backups/domain';
import type { ChannelEvent } from '#platform/ssh';
import { expect } from 'chai';
import { EventReader } from './ssh-config-source.events.ts';

const CLOSED: ChannelEvent = { kind: 'closed', how: 'orderly' };

async function heard(...events: readonly ChannelEvent[]): Promise<readonly DialogueEvent[]> {
  const left = [...events];
  const reader = new EventReader({ read: () => Promise.resolve(left.shift() ?? CLOSED) });
  const all: DialogueEvent[] = [];
  while (all.at(-1)?.kind !== 'closed') all.push(await reader.next(new AbortController().signal));
  return all;
}

const data = (...bytes: readonly number[]): ChannelEvent => ({ kind: 'data', bytes: Buffer.from(bytes) });

describe('What is heard of a channel', () => {
  it('is text, and how many bytes it came in', async () => {
    const all = await heard(data(0x61, 0xc3), data(0xa4), { kind: 'exitStatus', status: 0 });

    expect(all).to.deep.equal([
      { kind: 'text', text: 'a', bytes: 2 },
      { kind: 'text', text: 'ä', bytes: 1 },
      { kind: 'exitStatus', status: 0 },
      CLOSED,
    ]);
  });

  for (const end of [{ kind: 'endOfFile' }, CLOSED] as const) {
    it(`shows half a character before the ${end.kind === 'closed' ? 'close' : 'end of file'}`, async () => {
      const all = await heard(data(0x61), data(0xc3), end);

      expect(all.slice(0, 4)).to.deep.equal([
        { kind: 'text', text: 'a', bytes: 1 },
        { kind: 'text', text: '', bytes: 1 },
        { kind: 'text', text: '\ufffd', bytes: 0 },
        end,
      ]);
    });
  }

  it('shows bytes that are no text in their place, and keeps a byte order mark', async () => {
    const [first] = await heard(data(0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62));

    expect(first).to.have.property('text', '\ufeffa\ufffdb');
  });
});
