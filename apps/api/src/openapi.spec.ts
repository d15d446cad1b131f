import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiDocument } from './openapi-document.ts';

describe('apps/api/openapi.json', () => {
  it('is what the API says of itself (else: node apps/api/src/openapi-document.ts > apps/api/openapi.json)', async () => {
    const committed = JSON.parse(readFileSync(join(import.meta.dirname, '../openapi.json'), 'utf8')) as object;

    expect(JSON.parse(await openapiDocument())).to.deep.equal(committed);
  });
});
