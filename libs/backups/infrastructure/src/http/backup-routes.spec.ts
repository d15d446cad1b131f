import { DiffVersions, ListVersions, ReadVersion, ReadVersionContent, RequestBackups } from '#backups/application';
import {
  InMemoryBackupsTransaction,
  InMemoryConfigStore,
  InMemoryVersionReader,
  NumberingHashing,
  TrimmingLineDiff,
} from '#backups/application/testing';
import type { VersionId, VersionSnapshot } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { expectOk, SequentialIds } from '#kernel/testing';
import { createHttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { BackupRoutes } from './backup-routes.ts';

const ids = new SequentialIds();
const { deviceId } = aCollected();
const { signal } = new AbortController();

describe('The routes of backups', () => {
  let server: FastifyInstance;
  let jobs: InMemoryJobs;
  let versions: readonly VersionSnapshot[];

  beforeEach(async () => {
    jobs = new InMemoryJobs('backup.run');
    const reader = new InMemoryVersionReader();
    const store = new InMemoryConfigStore(new NumberingHashing());
    const keep = async (text: string, facts: Partial<VersionSnapshot>): Promise<VersionSnapshot> => {
      const contentHash = expectOk(await store.put(new TextEncoder().encode(text), signal));
      const version = { ...aCollected({ contentHash }), id: ids.next<'Version'>() as VersionId, sequence: 1, ...facts };
      reader.commit([version]);
      return version;
    };
    versions = [
      await keep('hostname a\n', { sequence: 1 }),
      await keep('hostname \u00e4\n', { sequence: 2 }),
      await keep('elsewhere\n', { deviceId: ids.next<'Device'>() }),
    ];
    const devices = new InMemoryDeviceDirectory(
      aDeviceAccess({ id: deviceId }),
      aDeviceAccess({ id: versions[2]!.deviceId, hostKey: null }),
    );
    const routes = new BackupRoutes(new RequestBackups(devices, new InMemoryBackupsTransaction(reader, jobs)), {
      list: new ListVersions(reader, devices),
      read: new ReadVersion(reader),
      content: new ReadVersionContent(reader, store),
      diff: new DiffVersions(reader, store, new TrimmingLineDiff()),
    });
    ({ server } = await createHttpServer(testServerParts((on) => routes.register(on))));
  });

  afterEach(() => server.close());

  const get = (path: string) => server.inject({ url: `/api/v1${path}`, headers: withToken });
  const post = (payload: object) =>
    server.inject({ method: 'POST', url: '/api/v1/backups', headers: withToken, payload });

  describe('POST /backups', () => {
    it('accepts backups and names their jobs', async () => {
      const answer = await post({ deviceIds: [deviceId.toUpperCase()] });

      expect(answer.statusCode).to.equal(202);
      expect(answer.json()).to.deep.equal({ jobs: [{ deviceId, jobId: [...jobs.submitted.keys()][0] }] });
    });

    it('refuses all of a request for the sake of one device', async () => {
      const stranger = ids.next<'Device'>();
      const keyless = versions[2]!.deviceId;

      const answers = await Promise.all(
        [
          [deviceId, stranger],
          [deviceId, keyless],
          [deviceId, deviceId],
        ].map((deviceIds) => post({ deviceIds })),
      );

      expect(answers.map((answer) => [answer.statusCode, answer.json().code, answer.json().deviceId])).to.deep.equal([
        [422, 'device-not-registered', stranger],
        [409, 'host-key-not-pinned', keyless],
        [422, 'device-named-twice', deviceId],
      ]);
      expect(jobs.submitted.size).to.equal(0);
    });

    for (const body of [{}, { deviceIds: [] }, { deviceIds: ['core-1'] }, { deviceIds: Array(1_001).fill(deviceId) }]) {
      it(`does not take ${JSON.stringify(body).slice(0, 40)}`, async () => {
        const answer = await post(body);

        expect(answer.statusCode).to.equal(400);
      });
    }
  });

  describe('GET /devices/{id}/versions', () => {
    it('lists newest first, page by page', async () => {
      const first = (await get(`/devices/${deviceId}/versions?limit=1`)).json();
      const second = (await get(`/devices/${deviceId}/versions?limit=1&after=${first.next}`)).json();

      expect(first.items).to.deep.equal([{ ...versions[1], collectedAt: '2026-01-01T00:00:00.000Z' }]);
      expect([first.next, second.next]).to.deep.equal([2, null]);
      expect(second.items.map((version: VersionSnapshot) => version.sequence)).to.deep.equal([1]);
    });

    it('knows no device of another id', async () => {
      const answer = await get(`/devices/${ids.next()}/versions`);

      expect([answer.statusCode, answer.json().code]).to.deep.equal([404, 'device-not-found']);
    });

    for (const query of ['limit=0', 'limit=201', 'after=0', 'after=9007199254740993', 'before=1']) {
      it(`does not take ${query}`, async () => {
        const answer = await get(`/devices/${deviceId}/versions?${query}`);

        expect(answer.statusCode).to.equal(400);
      });
    }
  });

  describe('GET /versions/{id}', () => {
    it('shows a version', async () => {
      const answer = await get(`/versions/${versions[0]!.id}`);

      expect(answer.json()).to.deep.equal({ ...versions[0], collectedAt: '2026-01-01T00:00:00.000Z' });
    });
  });

  describe('GET /versions/{id}/content', () => {
    it('answers the bytes as text to be saved, which no browser interprets', async () => {
      const answer = await get(`/versions/${versions[1]!.id}/content`);

      expect(answer.rawPayload).to.deep.equal(Buffer.from('hostname \u00e4\n'));
      expect(answer.headers).to.include({
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'content-disposition': 'attachment; filename="configuration.txt"',
      });
    });
  });

  describe('GET /versions/{id}/diff', () => {
    it('compares with the version before', async () => {
      const answer = await get(`/versions/${versions[1]!.id}/diff`);

      expect(answer.body).to.equal('--- version-1\n+++ version-2\n@@ -1,1 +1,1 @@\n-hostname a\n+hostname \u00e4\n');
      expect(answer.headers['content-type']).to.equal('text/plain; charset=utf-8');
      expect(answer.headers['x-content-type-options']).to.equal('nosniff');
    });

    it('compares with the version that is named', async () => {
      const answer = await get(`/versions/${versions[0]!.id}/diff?against=${versions[1]!.id}`);

      expect(answer.body).to.include('-hostname \u00e4\n+hostname a\n');
    });

    it('does not compare versions of different devices', async () => {
      const answer = await get(`/versions/${versions[0]!.id}/diff?against=${versions[2]!.id}`);

      expect([answer.statusCode, answer.json().code]).to.deep.equal([422, 'versions-of-different-devices']);
    });
  });

  for (const path of ['', '/content', '/diff']) {
    it(`knows no version of another id at /versions/{id}${path}`, async () => {
      const answer = await get(`/versions/${ids.next()}${path}`);

      expect([answer.statusCode, answer.json().code]).to.deep.equal([404, 'version-not-found']);
    });
  }
});
