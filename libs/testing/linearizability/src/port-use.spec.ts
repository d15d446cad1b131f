import { expect } from 'chai';
import { ContainerTest } from '#testing/container';
import { ContainerModule } from 'inversify';
import { PortUse } from './port-use.ts';

abstract class Gauge {
  abstract shown(): number;
  abstract measured(): Promise<number>;
}

class GaugeTest extends ContainerTest {
  protected modules() {
    return [
      new ContainerModule(
        ({ bind }) => void bind(Gauge).toConstantValue({ shown: () => 1, measured: async () => Promise.resolve(2) }),
      ),
    ];
  }
}

const t = GaugeTest.install();

describe('The use of ports', () => {
  it(
    'is seen where one answers later, and answered as it is',
    t.test(async ({ get }) => {
      const [gauge, use, other] = [await get(Gauge), new PortUse(), new PortUse()];

      expect(await use.watched(() => gauge.measured())).to.equal(2);
      await gauge.measured();

      expect([use.isSeen, other.isSeen]).to.deep.equal([true, false]);
    }),
  );

  it(
    'is not seen where one answers at once',
    t.test(async ({ get }) => {
      const [gauge, use] = [await get(Gauge), new PortUse()];

      expect(use.watched(() => gauge.shown())).to.equal(1);
      expect(use.isSeen).to.equal(false);
    }),
  );
});
