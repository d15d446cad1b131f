import { expect } from 'chai';
import { modelNamed } from './device-models.ts';
import { restoreText } from './restore-text.ts';

const restored = (name: string, text: string) => restoreText(modelNamed(name)!, text);

describe('The text that brings a configuration back', () => {
  it('leaves out what only tells about a moment, and is typed in the mode that takes it', () => {
    const text = 'Building configuration...\n\nCurrent configuration : 20 bytes\nhostname r1\nend\n';

    expect(restored('ios', text)).to.equal('configure terminal\nhostname r1\nend\n');
  });

  it('leaves the mode again where the configuration does not say so', () => {
    expect(restored('nxos', '!Time: Mon Jan  5\nhostname sw1\n')).to.equal('configure terminal\nhostname sw1\nend\n');
  });

  it('leaves out what the device writes above its configuration', () => {
    const text = 'Current configuration:\n!\nhostname cx1\n';

    expect(restored('aoscx', text)).to.equal('configure terminal\n!\nhostname cx1\nend\n');
  });

  it('replaces the whole configuration of a device of junos, and shows what would change', () => {
    const text = restored('junos', '## Last commit: 2026-01-05 by alice\nversion 22;\n');

    expect(text).to.equal('configure\nload override terminal\nversion 22;\n\u0004\nshow | compare\n');
  });

  it('keeps secrets: without them the device would not be as it was', () => {
    expect(restored('ios', 'enable secret 9 S3CRET\nend\n')).to.include('S3CRET');
  });

  it('is not there for files of a host', () => {
    expect(restored('openssh-linux', '### uname -n\njump1\n')).to.equal(null);
  });
});
