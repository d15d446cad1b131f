import { expect } from 'chai';
import { Frames, statementOf } from './frames.ts';

const startup = Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]);

function message(type: string, body: string): Buffer {
  const text = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length + 4);
  return Buffer.concat([Buffer.from(type), length, text]);
}

describe('Frames', () => {
  it('are found wherever the network cuts the stream', () => {
    const stream = Buffer.concat([
      startup,
      message('Q', 'COMMIT\0'),
      message('P', 's1\0SELECT 1\0\0\0'),
      message('S', ''),
    ]);

    for (let size = 1; size <= stream.length; size += 1) {
      const frames = new Frames({ beginsTyped: false });
      const found = [];
      for (let at = 0; at < stream.length; at += size) found.push(...frames.push(stream.subarray(at, at + size)));

      expect(found.map(({ type }) => type)).to.deep.equal(['', 'Q', 'P', 'S']);
      expect(found.map(statementOf)).to.deep.equal([null, 'COMMIT', 'SELECT 1', null]);
    }
  });
});
