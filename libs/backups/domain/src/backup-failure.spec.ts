import { expect } from 'chai';
import { describeBackupFailure, isWorthAnotherAttempt, type BackupFailure } from './backup-failure.ts';

const MAY_PASS: readonly BackupFailure[] = [
  { kind: 'DeviceUnreachable', reason: 'connection refused' },
  { kind: 'DeviceStalled', waitingFor: 'the prompt' },
  { kind: 'ConfigurationIncomplete', reason: 'the connection was cut' },
  { kind: 'TimeLimitExceeded', milliseconds: 60_000 },
  { kind: 'StorageFull' },
  { kind: 'StorageFailed', reason: 'EIO' },
  { kind: 'Superseded', collectedAt: new Date(0), by: new Date(1_000) },
];

const STAYS: readonly BackupFailure[] = [
  { kind: 'AuthenticationFailed', username: 'backup' },
  { kind: 'HostKeyUnknown' },
  { kind: 'HostKeyChanged', pinned: 'SHA256:a', presented: 'SHA256:b' },
  { kind: 'AnswerTooLong', limitBytes: 1_000 },
  { kind: 'AnswerGarbled', reason: 'it is not UTF-8' },
  { kind: 'CommandRejected', command: 'show running-config', answer: '% Invalid input' },
  { kind: 'DeviceNotRegistered' },
  { kind: 'CredentialsUnreadable' },
  { kind: 'ModelUnknown', model: 'abacus' },
];

describe('A failed backup', () => {
  for (const failure of MAY_PASS) {
    it(`is worth another attempt after ${failure.kind}`, () => {
      expect(isWorthAnotherAttempt(failure)).to.equal(true);
    });
  }

  for (const failure of STAYS) {
    it(`needs a person after ${failure.kind}`, () => {
      expect(isWorthAnotherAttempt(failure)).to.equal(false);
    });
  }

  it('says in a sentence what happened', () => {
    const sentences = [...MAY_PASS, ...STAYS].map(describeBackupFailure);

    for (const sentence of sentences) expect(sentence).to.match(/^[A-Z].{15,}/);
    expect(new Set(sentences).size).to.equal(sentences.length);
    expect(sentences).to.include(
      'A configuration that was collected later, at 1970-01-01T00:00:01.000Z, has been stored already.',
    );
    expect(sentences).to.include('There is no device model "abacus".');
    expect(sentences).to.include('The configuration was collected, but storing it failed: EIO.');
  });
});
