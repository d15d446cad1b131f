import { expect } from 'chai';
import { Container, type ContainerModuleLoadOptions } from 'inversify';
import { proveComposition } from './prove-composition.ts';

abstract class Clock {
  abstract now(): number;
}
abstract class Store {
  abstract size(): number;
}
class Report {
  readonly parts: readonly unknown[];
  constructor(...parts: unknown[]) {
    this.parts = parts;
  }
}
class Audit extends Report {}

type Bind = ContainerModuleLoadOptions['bind'];
const clock: Clock = { now: () => 0 };
const store: Store = { size: () => 0 };

async function faultsOf(compose: (bind: Bind) => void, roots = [Report]): Promise<string[]> {
  const container = new Container({ defaultScope: 'Singleton' });
  compose((token) => container.bind(token));
  const faults = await proveComposition(container, roots);
  return faults.map(({ kind, detail }) => `${kind}: ${detail}`);
}

describe('proveComposition', () => {
  it('has nothing to say about a sound composition', async () => {
    const faults = await faultsOf((bind) => {
      bind(Clock).toConstantValue(clock);
      bind(Report).toResolvedValue((clock) => new Report(clock), [Clock]);
    });

    expect(faults).to.deep.equal([]);
  });

  it('names what is missing and who needs it', async () => {
    const faults = await faultsOf((bind) => bind(Report).toResolvedValue((clock) => new Report(clock), [Clock]));

    expect(faults).to.deep.equal([
      'Missing: Report needs Clock, which nothing provides; load the module that binds it.',
    ]);
  });

  it('names a root that is not bound', async () => {
    expect(await faultsOf(() => {})).to.deep.equal([
      'Missing: the application itself needs Report, which nothing provides; load the module that binds it.',
    ]);
  });

  it('names what is bound twice for someone who needs one', async () => {
    const faults = await faultsOf((bind) => {
      bind(Clock).toConstantValue(clock);
      bind(Clock).toConstantValue(clock);
      bind(Report).toResolvedValue((clock) => new Report(clock), [Clock]);
    });

    expect(faults).to.deep.equal([
      'Ambiguous: Report needs one Clock, but 2 are bound; keep one, or inject all of them.',
    ]);
  });

  it('accepts several where all of them are wanted', async () => {
    const faults = await faultsOf((bind) => {
      bind(Clock).toConstantValue(clock);
      bind(Clock).toConstantValue(clock);
      bind(Report).toResolvedValue(
        (clocks: Clock[]) => new Report(clocks),
        [{ serviceIdentifier: Clock, isMultiple: true }],
      );
    });

    expect(faults).to.deep.equal([]);
  });

  it('shows a circle from end to end', async () => {
    const faults = await faultsOf((bind) => {
      bind(Report).toResolvedValue((audit) => new Report(audit), [Audit]);
      bind(Audit).toResolvedValue((report) => new Audit(report), [Report]);
    });

    expect(faults).to.deep.equal([
      'Cyclic: Report -> Audit -> Report is a circle; let one of them take what it needs as an argument.',
    ]);
  });

  it('shows who would hold on to something that lives shorter', async () => {
    const faults = await faultsOf((bind) => {
      bind(Clock)
        .toResolvedValue(() => clock, [])
        .inTransientScope();
      bind(Report)
        .toResolvedValue((clock) => new Report(clock), [Clock])
        .inSingletonScope();
    });

    expect(faults).to.deep.equal([
      'Captive: Report (Singleton) would hold on to a Clock (Transient); give both the same scope, or inject a factory.',
    ]);
  });

  it('names what nothing leads to', async () => {
    const faults = await faultsOf((bind) => {
      bind(Store).toConstantValue(store);
      bind(Report).toResolvedValue(() => new Report(), []);
    });

    expect(faults).to.deep.equal([
      'Unreachable: Store is bound, but nothing the application asks for leads to it; remove the binding or add the root.',
    ]);
  });

  it('follows an alias to what it stands for', async () => {
    const faults = await faultsOf((bind) => {
      bind(Audit).toResolvedValue(() => new Audit(), []);
      bind(Report).toService(Audit);
    });

    expect(faults).to.deep.equal([]);
  });

  it('does not accept a binding whose dependencies cannot be seen', async () => {
    const faults = await faultsOf((bind) => bind(Report).toDynamicValue(() => new Report()));

    expect(faults).to.deep.equal([
      'Opaque: Report is built by a function that looks things up itself; bind it with toResolvedValue and name its dependencies.',
    ]);
  });

  it('notices two ports of one shape that were swapped', async () => {
    const faults = await faultsOf((bind) => {
      bind(Clock).toConstantValue(clock);
      bind(Store).toConstantValue(store);
      bind(Report).toResolvedValue((clock, store) => new Report(clock, store), [Store, Clock] as never);
    });

    expect(faults).to.deep.equal([
      'Misnamed: Report takes a Store as "clock"; are two dependencies swapped? Name the parameter after its port.',
      'Misnamed: Report takes a Clock as "store"; are two dependencies swapped? Name the parameter after its port.',
    ]);
  });

  it('notices a swap behind names that fit both', async () => {
    abstract class DeviceReader extends Clock {}
    abstract class VersionReader extends Clock {}
    const faults = await faultsOf((bind) => {
      bind(DeviceReader).toConstantValue(clock);
      bind(VersionReader).toConstantValue(clock);
      bind(Report).toResolvedValue(
        (reader, versionReader) => new Report(reader, versionReader),
        [DeviceReader, VersionReader],
      );
    });

    expect(faults).to.deep.equal([
      'Misnamed: Report takes a DeviceReader as "reader"; are two dependencies swapped? Name the parameter after its port.',
    ]);
  });

  it('names what throws when it is built', async () => {
    const faults = await faultsOf((bind) =>
      bind(Report).toResolvedValue(() => {
        throw new Error('no disk');
      }, []),
    );

    expect(faults).to.have.length(1);
    expect(faults[0]).to.match(/^Broken: Report cannot be built: .*no disk/);
  });
});
