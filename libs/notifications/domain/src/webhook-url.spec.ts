import { expectErr, expectOk } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { WebhookUrl } from './webhook-url.ts';

const strict = { insecureLoopback: false };
const development = { insecureLoopback: true };

describe('WebhookUrl', () => {
  it('takes https, and writes it in one way', () => {
    expect(expectOk(WebhookUrl.parse('HTTPS://Receiver.Example:443/a b?c=d', strict)).text).to.equal(
      'https://receiver.example/a%20b?c=d',
    );
  });

  const wrong = [
    'http://receiver.example/',
    'http://localhost/',
    'ftp://receiver.example/',
    'file:///etc/passwd',
    'https://user:secret@receiver.example/',
    'https://receiver.example/#part',
    'receiver.example',
    `https://receiver.example/${'a'.repeat(2_000)}`,
  ];
  for (const [title, text] of cases('refuses {case}, and says why', wrong)) {
    it(title, () => {
      expect(expectErr(WebhookUrl.parse(text, strict)))
        .to.have.property('reason')
        .that.matches(/^it /);
    });
  }

  for (const [title, text] of cases('takes {case} in development', [
    'http://localhost:1/',
    'http://127.0.0.1/',
    'http://[::1]/',
  ])) {
    it(title, () => {
      expect(expectOk(WebhookUrl.parse(text, development)).text).to.equal(text);
    });
  }

  for (const [title, text] of cases('refuses {case} in development too', [
    'http://10.0.0.1/',
    'http://localhost.example/',
  ])) {
    it(title, () => {
      expectErr(WebhookUrl.parse(text, development));
    });
  }
});
