import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { Progress, type Terminal } from './progress.ts';

function screen(properties: { isTTY?: boolean; columns?: number }): { out: Terminal; text: () => string } {
  const stream = new PassThrough();
  return { out: Object.assign(stream, properties), text: () => String(stream.read() ?? '') };
}

describe('Progress', () => {
  it('writes one plain line for each finished item where nobody watches', () => {
    const { out, text } = screen({});
    const progress = new Progress(out, 'backups', 2);

    progress.now('core-1');
    progress.finish('core-1 stored');
    progress.finish('edge-1 failed');
    progress.close();

    expect(text()).to.equal('[1/2] core-1 stored\n[2/2] edge-1 failed\n');
  });

  it('draws a bar that fits the terminal', () => {
    const { out, text } = screen({ isTTY: true, columns: 60 });
    const progress = new Progress(out, 'backups', 2);

    progress.finish('core-1 stored');

    const lines = text()
      .split(/\r\u001b\[2K/)
      .filter((line) => line !== '');
    expect(lines.map((line) => line.trimEnd())).to.deep.equal([
      '░░░░░░░░░░░░░░░░░░░░░░░░ 0/2 backups',
      '  core-1 stored',
      '████████████░░░░░░░░░░░░ 1/2 backups',
    ]);
    expect(Math.max(...lines.map((line) => line.length))).to.be.below(60);
  });
});
