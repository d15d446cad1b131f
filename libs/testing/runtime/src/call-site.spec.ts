import { expect } from 'chai';
import { callSite, nearestOwn, withoutKitFrames } from './call-site.ts';

describe('callSite', () => {
  it('is the line that the code was called from, from the working directory', () => {
    const site = (function here() {
      return callSite();
    })();

    expect(String(site)).to.match(/^here \(src\/call-site\.spec\.ts:\d+:\d+\)$/);
  });

  it('leaves out a function and what it called', () => {
    const helper = (): string => String(callSite(helper));

    const site = (function caller() {
      return helper();
    })();

    expect(site).to.match(/^caller /);
  });

  it('follows await', async () => {
    const inner = async (): Promise<string> => {
      await Promise.resolve();
      return String(callSite(inner));
    };

    const site = await (async function outer() {
      return await inner();
    })();

    expect(site).to.match(/^outer /);
  });
});

describe('A stack trace', () => {
  const own = '    at pay (/repo/libs/shop/src/pay.ts:3:5)';
  const kit = [
    '    at TestWatch.run (/repo/libs/testing/mocha/src/test-watch.ts:40:3)',
    '    at AsyncLocalStorage.run (node:internal/async_local_storage/async_context_frame:65:14)',
  ];
  const mocha = '    at callFn (/repo/node_modules/mocha/lib/runnable.js:366:21)';

  it('has its nearest line in one’s own code', () => {
    expect(nearestOwn(['Error: no', ...kit, mocha, own].join('\n'))).to.match(/^pay \(.*shop\/src\/pay\.ts:3:5\)$/);
    expect(nearestOwn(['Error: no', ...kit, mocha].join('\n'))).to.equal('an unknown place');
  });

  it('is shown without the frames of the kit', () => {
    expect(withoutKitFrames(['Error: no', own, ...kit, mocha].join('\n'))).to.equal(
      ['Error: no', own, mocha].join('\n'),
    );
  });

  it('is shown as it is where it has no other', () => {
    const stack = ['Error: no', ...kit, mocha].join('\n');

    expect(withoutKitFrames(stack)).to.equal(stack);
  });
});
