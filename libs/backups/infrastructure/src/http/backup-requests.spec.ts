import { aDeviceAccess } from '#devices/contracts/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { BackupApiTest, deviceId } from '../testing/backup-api-test.ts';

const t = BackupApiTest.install();

describe('The routes of backups', () => {
  describe('POST /backups', () => {
    it(
      'accepts backups and names their jobs',
      t.test(async ({ http, jobs }) => {
        const answer = await http.post('/backups', { deviceIds: [deviceId.toUpperCase()] });

        expect(answer.status).to.equal(202);
        const jobId = [...jobs.submitted.keys()][0];
        expect(answer.body).to.deep.equal({ jobs: [{ deviceId, jobId, wasRequested: false }] });
      }),
    );

    it(
      'answers the job that waits already when it is asked again',
      t.test(async ({ http, jobs }) => {
        await http.post('/backups', { deviceIds: [deviceId] });

        const again = await http.post('/backups', { deviceIds: [deviceId] });

        const [jobId, ...others] = jobs.submitted.keys();
        expect(again.body).to.deep.equal({ jobs: [{ deviceId, jobId, wasRequested: true }] });
        expect(others).to.deep.equal([]);
      }),
    );

    it(
      'says that there is no room, and that a device is disabled',
      t.test(async ({ http, jobs, devices, ids }) => {
        const disabled = ids.next<'Device'>();
        devices.register({ ...aDeviceAccess({ id: disabled }), enabled: false });
        jobs.capacity = 0;

        const answers = [
          await http.post('/backups', { deviceIds: [deviceId] }),
          await http.post('/backups/batches', { selection: {} }),
          await http.post('/backups', { deviceIds: [disabled] }),
        ];

        expect(answers.map(({ status, body }) => [status, body.code])).to.deep.equal([
          [503, 'queue-full'],
          [503, 'queue-full'],
          [409, 'device-disabled'],
        ]);
        expect(answers.map(({ headers }) => headers['retry-after'])).to.deep.equal(['10', '10', undefined]);
      }),
    );

    it(
      'refuses all of a request for the sake of one device',
      t.test(async ({ http, ids, jobs, elsewhere }) => {
        const stranger = ids.next<'Device'>();
        const keyless = elsewhere.deviceId;

        const answers = await Promise.all(
          [
            [deviceId, stranger],
            [deviceId, keyless],
            [deviceId, deviceId],
          ].map((deviceIds) => http.post('/backups', { deviceIds })),
        );

        expect(answers.map((answer) => [answer.status, answer.body.code, answer.body.deviceId])).to.deep.equal([
          [422, 'device-not-registered', stranger],
          [409, 'host-key-not-pinned', keyless],
          [422, 'device-named-twice', deviceId],
        ]);
        expect(jobs.submitted.size).to.equal(0);
      }),
    );

    const strange = [{}, { deviceIds: [] }, { deviceIds: ['core-1'] }, { deviceIds: Array(1_001).fill(deviceId) }];
    for (const [title, body] of cases('does not take {case}', strange)) {
      it(
        title,
        t.test(async ({ http }) => {
          const answer = await http.post('/backups', body);

          expect(answer.status).to.equal(400);
        }),
      );
    }
  });

  describe('POST /backups/batches', () => {
    it(
      'accepts a batch and names its job',
      t.test(async ({ http, jobs }) => {
        const selection = { tags: { any: ['core'] }, ids: [deviceId] };

        const answer = await http.post('/backups/batches', { selection });

        const [[jobId, job] = []] = jobs.submitted;
        expect([answer.status, answer.body]).to.deep.equal([202, { jobId }]);
        expect(job).to.deep.include({ type: 'backup.batch', payload: { selection } });
      }),
    );

    it(
      'does not take a selection that nobody understands',
      t.test(async ({ http }) => {
        const answers = [{}, { selection: { tag: 'core' } }, { selection: { enabled: true } }, { selection: null }].map(
          (body) => http.post('/backups/batches', body),
        );

        expect((await Promise.all(answers)).map(({ status }) => status)).to.deep.equal([400, 400, 400, 400]);
      }),
    );
  });
});
