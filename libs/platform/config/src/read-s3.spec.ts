import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { readS3 } from './read-s3.ts';
import { readVariables } from './read-variables.ts';

const read = (environment: Record<string, string>) => readS3(expectOk(readVariables(environment)));
const refused = (environment: Record<string, string>) => expectErr(read(environment)).problems[0]?.variable;

const inBucket = { LOCKSTEP_STORE: 's3', LOCKSTEP_S3_BUCKET: 'configurations' };

describe('readS3', () => {
  it('is nothing while configurations are stored in files, whatever else is set', () => {
    expect(expectOk(read({ LOCKSTEP_S3_BUCKET: 'configurations' }))).to.equal(null);
  });

  it('takes the credentials of the machine when it is given none', () => {
    expect(expectOk(read(inBucket))).to.deep.equal({
      bucket: 'configurations',
      endpoint: null,
      region: 'us-east-1',
      prefix: 'lockstep/',
      credentials: null,
    });
  });

  it('takes an endpoint and a key of its own, whose secret it does not show', () => {
    const key = { LOCKSTEP_S3_ACCESS_KEY_ID: 'id', LOCKSTEP_S3_SECRET_ACCESS_KEY: 'hunter2' };

    const s3 = expectOk(read({ ...inBucket, ...key, LOCKSTEP_S3_ENDPOINT: 'http://127.0.0.1:9000' }));

    expect(s3?.endpoint).to.equal('http://127.0.0.1:9000');
    expect(s3?.credentials?.secretAccessKey.reveal()).to.equal('hunter2');
    expect(JSON.stringify(s3)).not.to.include('hunter2');
  });

  it('refuses to go without a bucket, or with half a key', () => {
    expect([
      refused({ LOCKSTEP_STORE: 's3' }),
      refused({ ...inBucket, LOCKSTEP_S3_ACCESS_KEY_ID: 'id' }),
      refused({ ...inBucket, LOCKSTEP_S3_SECRET_ACCESS_KEY: 'hunter2' }),
    ]).to.deep.equal(['LOCKSTEP_S3_BUCKET', 'LOCKSTEP_S3_SECRET_ACCESS_KEY', 'LOCKSTEP_S3_ACCESS_KEY_ID']);
  });
});
