import { modelNamed } from '#backups/domain';
import { expect } from 'chai';
import { RegisteredModels } from './registered-models.ts';

describe('RegisteredModels', () => {
  it('names every model that can be collected from, in alphabetical order', () => {
    const names = new RegisteredModels().names();

    expect(names).to.deep.equal(names.toSorted());
    expect(names).to.include.members(['ios', 'nxos', 'eos', 'junos', 'routeros', 'aoscx', 'openssh-linux']);
    expect(names.map((name) => modelNamed(name)?.name)).to.deep.equal(names);
  });
});
