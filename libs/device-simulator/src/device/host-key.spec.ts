import { expect } from 'chai';
import ssh2 from 'ssh2';
import { hostKeyOf, newHostKey } from './host-key.ts';

// Made with `ssh-keygen -t ed25519 -N ''`; the fingerprint is what `ssh-keygen -lf` says about it.
const KEPT = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACBFDbKrApbn7X724/Lf4eGzTrNhLd81AsTZ0VVMvjXmtgAAAIiR21MvkdtT
LwAAAAtzc2gtZWQyNTUxOQAAACBFDbKrApbn7X724/Lf4eGzTrNhLd81AsTZ0VVMvjXmtg
AAAEC5ReGMLBGl5Mrv7NXKvDl1Lv6Yl1rdl6RA8QtRH05xtUUNsqsCluftfvbj8t/h4bNO
s2Et3zUCxNnRVUy+Nea2AAAAAAECAwQF
-----END OPENSSH PRIVATE KEY-----
`;

describe('A host key', () => {
  it('has the fingerprint that OpenSSH computes', () => {
    expect(hostKeyOf(KEPT)).to.deep.equal({
      algorithm: 'ssh-ed25519',
      fingerprint: 'SHA256:VlkVwoampCZ66d7fT574E7pkOI4vWq0OmJAH6IMJck0',
      privateKey: KEPT,
    });
  });

  it('is the same after it was kept as JSON', () => {
    const key = newHostKey();

    const { privateKey } = JSON.parse(JSON.stringify(key)) as typeof key;

    expect(hostKeyOf(privateKey)).to.deep.equal(key);
  });

  it('of Ed25519 can be read and signs, every time', () => {
    const keys = Array.from({ length: 500 }, () => newHostKey());

    const unfit = keys.filter(({ privateKey }) => !signs(privateKey));

    expect(unfit).to.deep.equal([]);
    expect(new Set(keys.map(({ fingerprint }) => fingerprint)).size).to.equal(500);
  });

  it('of RSA can be read and signs', () => {
    const key = newHostKey('rsa');

    expect(key.algorithm).to.equal('ssh-rsa');
    expect(signs(key.privateKey)).to.equal(true);
  });

  it('is not made of something else', () => {
    expect(() => hostKeyOf('no key')).to.throw('This is not a private key');
  });
});

function signs(privateKey: string): boolean {
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error) return false;
  const said = Buffer.from('said');
  return key.verify(said, key.sign(said)) === true;
}
