import { expect } from 'chai';
import { modelNamed } from './device-models.ts';
import { redactSecrets } from './redact-secrets.ts';

// In each line the secret is written as S3CRET.
const secrets: Readonly<Record<string, readonly string[]>> = {
  ios: [
    'enable secret 9 S3CRET',
    'enable password S3CRET',
    'username alice privilege 15 secret 9 S3CRET',
    'username alice password 0 S3CRET with blanks',
    ' client 10.10.10.10 server-key S3CRET',
    ' client 10.10.10.10 server-key 7 S3CRET',
    'tacacs-server key 7 S3CRET',
    'tacacs-server host 192.0.2.1 key S3CRET',
    'radius-server host 192.0.2.1 auth-port 1812 acct-port 1813 key 7 S3CRET',
    ' key 7 S3CRET',
    '  key-string 7 S3CRET',
    'crypto isakmp key 6 S3CRET address 192.0.2.1',
    ' pre-shared-key address 192.0.2.1 key S3CRET',
    'snmp-server community S3CRET RO 5',
    'snmp-server host 10.42.0.33 version 2c S3CRET ',
    'snmp-server host 10.42.0.35 vrf Mgmt-vrf informs version 2c S3CRET  tty vtp',
    'snmp-server host 10.42.0.33 S3CRET',
    'snmp-server user u g v3 auth sha S3CRET priv aes 128 S3CRET',
    ' neighbor 192.0.2.9 password 7 S3CRET',
    ' ip ospf message-digest-key 1 md5 7 S3CRET',
    ' ip ospf authentication-key 7 S3CRET',
    'ntp authentication-key 1 md5 S3CRET 7',
    ' security wpa psk set-key ascii 0 S3CRET',
    ' security wpa psk set-key hex 0 S3CRET',
    ' mgmtuser username apmgmtuser password 0 S3CRET secret 0 S3CRET twice',
    ' dot1x username dot1x-username password 0 S3CRET',
    ' ppp chap password 0 S3CRET',
    ' vrrp 1 authentication text S3CRET',
    'ip ftp password 7 S3CRET',
  ],
  nxos: [
    'username admin password 5 S3CRET role network-admin',
    'snmp-server user admin network-admin auth md5 S3CRET priv aes-128 S3CRET localizedkey',
    'tacacs-server key 7 "S3CRET"',
    '    password 3 S3CRET',
  ],
  eos: [
    'username admin privilege 15 secret sha512 S3CRET',
    'enable password sha512 S3CRET',
    'snmp-server host 10.1.2.3 version 1 S3CRET',
    'ntp authentication-key 1 sha1 7 S3CRET',
  ],
  aoscx: [
    'user admin group administrators password ciphertext S3CRET',
    'snmp-server community S3CRET',
    'snmp-server host 192.168.0.1 trap version v2c community S3CRET ',
    'tacacs-server host 192.0.2.1 key ciphertext S3CRET',
    'snmpv3 user u auth sha auth-pass ciphertext S3CRET priv aes priv-pass ciphertext S3CRET',
  ],
  junos: [
    '        encrypted-password "S3CRET"; ## SECRET-DATA',
    '            pre-shared-key ascii-text "S3CRET"; ## SECRET-DATA',
    '                "pasvftp://demouser:S3CRET@203.0.113.10/backup/";',
    '    community S3CRET {',
    '    secret "$9$S3CRET";',
  ],
  routeros: [
    'add name=a password=S3CRET service=l2tp',
    'add name=a password="S3CRET with blanks" service=l2tp',
    'add name=a private-key=\\\n    "S3CRET"',
    'add name=a wpa2-pre-shared-key="S3\\\n    CRET"',
    'add secret=S3\\\n    CRET',
    'set authentication-password=S3CRET encryption-password=S3CRET',
  ],
  'openssh-linux': ['alice:S3CRET:1000:1000::/home/alice:/bin/sh'],
};

const innocent: Readonly<Record<string, readonly string[]>> = {
  ios: [
    'service password-encryption',
    'key chain OSPF',
    ' key 1',
    ' description the secret of this port',
    'snmp-server host 10.42.0.36 vrf Mgmt-vrf informs version 3 auth oxidized  bfd',
    'aaa authentication login default group tacacs+ local',
    'crypto key generate rsa',
  ],
  'openssh-linux': ['root:x:0:0:root:/root:/bin/bash', 'daemon:*:1:1::/:/bin/false', '### cat /etc/passwd'],
  routeros: ['add address=192.0.2.1/24 comment=defconf'],
};

describe('A redacted text', () => {
  for (const [name, lines] of Object.entries(secrets)) {
    for (const line of lines) {
      it(`of ${name} does not show the secret in "${line.trim().replace(/\s+/g, ' ')}"`, () => {
        const redacted = redactSecrets(modelNamed(name)!, `before\n${line}\nafter\n`);

        expect(redacted).to.not.match(/S3|CRET/);
        expect(redacted).to.include('<redacted>');
        expect(redacted).to.match(/^before\n[^]*\nafter\n$/);
      });
    }
  }

  for (const [name, lines] of Object.entries(innocent)) {
    for (const line of lines) {
      it(`of ${name} shows "${line.trim()}" as it is`, () => {
        expect(redactSecrets(modelNamed(name)!, `${line}\n`)).to.equal(`${line}\n`);
      });
    }
  }
});
