import { expect } from 'chai';
import { contract, type AdapterOf } from './contract.ts';

abstract class Greeting {
  abstract greet(name: string): string;
}

class Hello extends Greeting {
  greet(name: string): string {
    return `Hello ${name}`;
  }
}

class Moin implements Greeting {
  private constructor() {}

  static inTheNorth(): Moin {
    return new Moin();
  }

  greet(): string {
    return 'Moin';
  }
}

declare class Farewell {
  leave(): void;
}

describe('contract', function () {
  const greetingContract = contract(Greeting, (open: () => Greeting) => {
    it('greets', () => {
      expect(open().greet('Ada')).to.match(/^(Hello|Moin)/);
    });
  });

  describe('held to', () => {
    greetingContract.holdsFor(Hello, () => new Hello());
    greetingContract.holdsFor(Moin, () => Moin.inTheNorth());
  });

  const titles = this.suites.flatMap(({ suites }) =>
    suites.flatMap(({ title, tests }) => tests.map((test) => `${title}: ${test.title}`)),
  );

  it('declares its suite once for each adapter, under the names of both', () => {
    expect(titles).to.deep.equal(['Hello as Greeting: greets', 'Moin as Greeting: greets']);
  });

  it('takes the adapters of its port, however they are made, and no other class', () => {
    type IsTaken<Class> = Class extends AdapterOf<Greeting> ? true : false;

    const taken: [IsTaken<typeof Hello>, IsTaken<typeof Moin>, IsTaken<typeof Farewell>] = [true, true, false];

    expect(taken).to.deep.equal([true, true, false]);
  });
});
