import { Secret } from '#kernel';
import { proveComposition } from '#testing/container';
import { expect } from 'chai';
import { DataSource } from 'typeorm';
import { composeService, serviceRoots } from './composition-root.ts';

describe('the composition of the commands of the service', () => {
  it('has no fault', async () => {
    const settings = { masterKey: new Secret(Buffer.alloc(32).toString('base64')), storeDirectory: '/nonexistent' };
    const container = composeService(settings, new DataSource({ type: 'postgres' }));

    expect(await proveComposition(container, serviceRoots)).to.deep.equal([]);
  });
});
