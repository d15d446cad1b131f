import { proveComposition } from '#testing/container';
import { expect } from 'chai';
import { DataSource } from 'typeorm';
import { apiRoots, composeApi } from './composition-root.ts';
import { testSettings } from './testing/test-settings.ts';

describe('the composition of the API', () => {
  it('is sound: nothing is missing, circular, captive or unreachable, and everything can be built', async () => {
    const container = composeApi(testSettings, new DataSource({ type: 'postgres' }));

    expect(await proveComposition(container, apiRoots)).to.deep.equal([]);
  });
});
