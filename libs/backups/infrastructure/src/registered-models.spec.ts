import { modelNamed } from '#backups/domain';
import { modelCatalogueContract } from '#devices/contracts/testing';
import { expect } from 'chai';
import { RegisteredModels } from './registered-models.ts';

describe('RegisteredModels', () => {
  modelCatalogueContract.holdsFor(RegisteredModels, () => new RegisteredModels());

  it('names every model that can be collected from', () => {
    const names = new RegisteredModels().names();

    expect(names).to.include.members(['ios', 'nxos', 'eos', 'junos', 'routeros', 'aoscx', 'openssh-linux']);
    expect(names.map((name) => modelNamed(name)?.name)).to.deep.equal(names);
  });
});
