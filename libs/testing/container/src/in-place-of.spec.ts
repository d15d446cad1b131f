import { inTest, RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { ContainerTest } from './container-test.ts';
import { TestContainer } from './test-container.ts';

abstract class Mailer {
  abstract send(to: string): Promise<string>;
  abstract isOpen(): boolean;
}

/** Hands on the promise of another, as an adapter over a client does, and refuses at once what it cannot send. */
class SmtpMailer implements Mailer {
  readonly #client = { send: (to: string): Promise<string> => Promise.resolve(`sent to ${to}`) };
  send(to: string): Promise<string> {
    if (to === '') throw new TypeError('nobody to send to');
    return this.#client.send(to);
  }
  isOpen(): boolean {
    return true;
  }
}

const modules = [new ContainerModule(({ bind }) => void bind(Mailer).toResolvedValue(() => new SmtpMailer()))];

class MailerTest extends ContainerTest {
  protected override modules(): readonly ContainerModule[] {
    return modules;
  }
}

/** Its run is not failed by it. */
class Blamed extends RunningTest {
  override fail(): void {}
}

const t = MailerTest.install();
const away = new Error('away');

describe('a failure in the place of an adapter', () => {
  it(
    'rejects where the method hands on a promise without being async',
    t.test(async ({ get, script }) => {
      const mailer = await get(Mailer);
      script(Mailer, 'send').failsBeforeEffect(away);

      const failure = await mailer.send('Emma').catch((error: unknown) => error);

      expect(failure).to.equal(away);
    }),
  );

  it('rejects when a late call is refused', async () => {
    const owner = new Blamed({ title: 'has ended' });
    const mailer = await inTest(owner, () => new TestContainer(modules).get(Mailer));
    owner.end();

    const failure = await inTest(owner, () => mailer.send('Emma').catch((error: Error) => error.message));

    expect(failure).to.include('Mailer.send was called by "has ended" after it had ended');
  });

  it(
    'is thrown where the method has answered at once before',
    t.test(async ({ get, script }) => {
      const mailer = await get(Mailer);
      mailer.isOpen();
      script(Mailer, 'isOpen').failsBeforeEffect(away);

      expect(() => mailer.isOpen()).to.throw(away);
    }),
  );

  it(
    'is thrown where the adapter itself throws it',
    t.test(async ({ get }) => {
      const mailer = await get(Mailer);
      const toNobody = (): Promise<string> => mailer.send('');

      expect(toNobody).to.throw('nobody to send to');
    }),
  );
});
