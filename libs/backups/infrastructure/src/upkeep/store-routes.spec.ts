import { ReadVerification, RequestUpkeep } from '#backups/application';
import {
  InMemoryBackupsTransaction,
  InMemoryVerificationReader,
  InMemoryVersionReader,
} from '#backups/application/testing';
import { Verification, type ContentHash, type Finding } from '#backups/domain';
import { ok } from '#kernel';
import { sequentialId } from '#kernel/testing';
import { createHttpServer, type HttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { HttpTest } from '#testing/http';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { StoreRoutes } from './store-routes.ts';

const at = new Date('2026-01-01T00:00:00.000Z');
const finding = (digit: string): Finding => ({
  contentHash: digit.repeat(64) as ContentHash,
  kind: 'altered',
  by: null,
  versions: 2,
});

class StoreApiTest extends HttpTest {
  readonly jobs = new InMemoryJobs('store.verify', 'store.sweep', 'store.retention');
  readonly #committed = new InMemoryVersionReader();
  readonly #transaction = new InMemoryBackupsTransaction(this.#committed, this.jobs);

  submitted() {
    return [...this.jobs.submitted].map(([jobId, { type, payload }]) => ({ jobId, type, payload }));
  }

  /** A verification that has found this. */
  async verified(position: number, ...findings: readonly Finding[]): Promise<string> {
    const begun = Verification.begin(sequentialId<'Job'>(position), { mode: 'bytes', part: 1, of: 256 }, at);
    await this.#transaction.run(async ({ verifications }) => {
      const seen = begun.after({ contents: 3, bytes: 30, findings }, at);
      return ok(await verifications.save(seen.snapshot(), findings));
    }, this.signal);
    return begun.snapshot().id;
  }

  protected override async application(): Promise<HttpServer> {
    const read = new ReadVerification(new InMemoryVerificationReader(this.#committed));
    const routes = new StoreRoutes(new RequestUpkeep(this.#transaction), read);
    return (await createHttpServer(testServerParts((on) => routes.register(on)))).server;
  }

  protected override defaults() {
    return { prefix: '/api/v1', headers: withToken };
  }
}

const t = StoreApiTest.install();
const rules = { keepLast: 3, keepDays: 0, keepDaily: 0, keepWeekly: 0, keepMonthly: 0 };

describe('The routes of the store', () => {
  for (const [title, [path, body, payload]] of cases('make a job of {case}', {
    'a verification of all': ['verify', {}, { mode: 'bytes', part: null, of: 1 }],
    'a verification of a part': [
      'verify',
      { mode: 'structure', part: 2, of: 30 },
      { mode: 'structure', part: 2, of: 30 },
    ],
    'a sweep': ['sweep', {}, {}],
    'a retention': ['retention', { rules: { keepLast: 3 } }, { rules, dryRun: false, deviceId: null }],
    'a dry run of one': ['retention', { rules, dryRun: true }, { rules, dryRun: true, deviceId: null }],
  } as const)) {
    it(
      title,
      t.test(async ({ http, submitted }) => {
        const answer = await http.post(`/store/${path}`, body);

        const type = `store.${path}`;
        expect(answer.status).to.equal(202);
        expect(submitted()).to.deep.equal([{ jobId: answer.body.jobId, type, payload }]);
      }),
    );
  }

  const strange = {
    'part 3 of 2': ['verify', { part: 3, of: 2 }],
    'more parts than there are shards': ['verify', { of: 257 }],
    'a policy that keeps nothing': ['retention', { rules: { keepLast: 0 } }],
    'no policy': ['retention', {}],
    'a sweep of something': ['sweep', { deviceId: 'x' }],
  } as const;
  for (const [title, [path, body]] of cases('do not take {case}', strange)) {
    it(
      title,
      t.test(async ({ http, submitted }) => {
        const answer = await http.post(`/store/${path}`, body);

        expect([answer.status, submitted().length]).to.deep.equal([400, 0]);
      }),
    );
  }

  it(
    'show a verification and what it has found, page by page',
    t.test(async ({ http, verified }) => {
      const id = await verified(1, finding('c'), finding('a'), finding('b'));

      const first = await http.get('/store/verifications/latest?limit=2');
      const second = await http.get(`/store/verifications/${id}?limit=2&after=${first.body.next}`);

      const [a, b, c] = ['a', 'b', 'c'].map(finding);
      const time = at.toISOString();
      const facts = { id, mode: 'bytes', part: 1, of: 256, contents: 3, bytes: 30, damaged: 3, unreferenced: 0 };
      expect(first.body).to.deep.equal({
        ...facts,
        startedAt: time,
        finishedAt: time,
        findings: [a, b],
        next: b!.contentHash,
      });
      expect([second.body.findings, second.body.next]).to.deep.equal([[c], null]);
    }),
  );

  it(
    'know no verification where there was none, nor one of another id',
    t.test(async ({ http, verified }) => {
      const none = await http.get('/store/verifications/latest');
      await verified(1);
      const stranger = await http.get(`/store/verifications/${sequentialId(2)}`);

      expect([none, stranger].map(({ status, body }) => [status, body.code])).to.deep.equal([
        [404, 'verification-not-found'],
        [404, 'verification-not-found'],
      ]);
    }),
  );
});
