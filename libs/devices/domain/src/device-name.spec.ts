import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { DeviceName } from './device-name.ts';

describe('DeviceName', () => {
  for (const text of ['r', '7', 'core-1', 'edge-01.fra.example', 'a'.repeat(63)]) {
    it(`accepts "${text}"`, () => {
      expect(expectOk(DeviceName.parse(text)).text).to.equal(text);
    });
  }

  it('lowers upper case, so that equal names are equal texts', () => {
    expect(expectOk(DeviceName.parse('Core-1.FRA')).text).to.equal('core-1.fra');
  });

  const refused = ['', ' ', 'core 1', '-core', 'core-', '.core', 'core.', 'a..b', 'a.-b', 'core_1', 'a'.repeat(64)];
  for (const text of [...refused, '../core', 'core/1', 'core\n', 'core\0', 'çore', '\u212Aern']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(expectErr(DeviceName.parse(text))).to.deep.equal({ kind: 'InvalidDeviceName', name: text });
    });
  }

  it('never lets through what a shell, a path or a URL would read as more than a name', () => {
    const piece = fc.constantFrom('a', 'B', '7', '-', '.', '..', '/', ' ', '\n', '\0', '$', '@', '\u212A', '\u0130');
    const anyText = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = DeviceName.parse(text);

        if (parsed.ok)
          expect(parsed.value.text)
            .to.match(/^[a-z0-9.-]{1,63}$/)
            .and.not.include('..');
      }),
    );
  });
});
