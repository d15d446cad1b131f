import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import type { VersionSnapshot } from '#backups/domain';
import { BackupApiTest, deviceId } from '../testing/backup-api-test.ts';

type Page = { readonly items: readonly VersionSnapshot[]; readonly next: number | null };

const t = BackupApiTest.install();

describe('The routes of versions', () => {
  describe('GET /devices/{id}/versions', () => {
    it(
      'lists newest first, page by page',
      t.test(async ({ http, second }) => {
        const newest = (await http.get<Page>(`/devices/${deviceId}/versions?limit=1`)).body;
        const older = (await http.get<Page>(`/devices/${deviceId}/versions?limit=1&after=${newest.next}`)).body;

        expect(newest.items).to.deep.equal([{ ...second, collectedAt: '2026-01-01T00:00:00.000Z' }]);
        expect([newest.next, older.next]).to.deep.equal([2, null]);
        expect(older.items.map(({ sequence }) => sequence)).to.deep.equal([1]);
      }),
    );

    it(
      'knows no device of another id',
      t.test(async ({ http, ids }) => {
        const answer = await http.get(`/devices/${ids.next()}/versions`);

        expect([answer.status, answer.body.code]).to.deep.equal([404, 'device-not-found']);
      }),
    );

    const strange = ['limit=0', 'limit=201', 'after=0', 'after=9007199254740993', 'before=1'];
    for (const [title, query] of cases('does not take {case}', strange)) {
      it(
        title,
        t.test(async ({ http }) => {
          const answer = await http.get(`/devices/${deviceId}/versions?${query}`);

          expect(answer.status).to.equal(400);
        }),
      );
    }
  });

  describe('GET /versions/{id}', () => {
    it(
      'shows a version',
      t.test(async ({ http, first }) => {
        const answer = await http.get(`/versions/${first.id}`);

        expect(answer.body).to.deep.equal({ ...first, collectedAt: '2026-01-01T00:00:00.000Z' });
      }),
    );
  });

  describe('GET /versions/{id}/content', () => {
    it(
      'answers the bytes as text to be saved, which no browser interprets',
      t.test(async ({ http, second }) => {
        const answer = await http.get(`/versions/${second.id}/content`);

        expect(answer.text).to.equal('hostname \u00e4\n');
        expect(answer.headers).to.include({
          'content-type': 'text/plain; charset=utf-8',
          'x-content-type-options': 'nosniff',
          'content-disposition': 'attachment; filename="configuration.txt"',
        });
      }),
    );
  });

  describe('GET /versions/{id}/content?view=', () => {
    it(
      'shows secrets only when it is asked for the original, or for what to type',
      t.test(async ({ http, secret }) => {
        const shown = async (query: string) => (await http.get(`/versions/${secret.id}/content${query}`)).text;

        expect(await shown('')).to.equal('enable secret 9 <redacted>\nend\n');
        expect(await shown('?view=redacted')).to.equal(await shown(''));
        expect(await shown('?view=original')).to.equal('enable secret 9 S3CRET\nend\n');
        expect(await shown('?view=restore')).to.equal('configure terminal\nenable secret 9 S3CRET\nend\n');
      }),
    );

    it(
      'shows secrets in a diff only when it is asked for the original',
      t.test(async ({ http, secret, elsewhere }) => {
        const diff = async (query: string) =>
          (await http.get(`/versions/${secret.id}/diff?against=${elsewhere.id}${query}`)).text;

        expect(await diff(''))
          .to.include('+enable secret 9 <redacted>')
          .and.not.include('S3CRET');
        expect(await diff('&view=original')).to.include('+enable secret 9 S3CRET');
      }),
    );

    it(
      'knows no other view',
      t.test(async ({ http, secret }) => {
        const answers = [`content?view=plain`, `diff?view=restore`].map((path) =>
          http.get(`/versions/${secret.id}/${path}`),
        );

        expect((await Promise.all(answers)).map(({ status }) => status)).to.deep.equal([400, 400]);
      }),
    );
  });

  describe('GET /versions/{id}/diff', () => {
    it(
      'compares with the version before',
      t.test(async ({ http, second }) => {
        const answer = await http.get(`/versions/${second.id}/diff`);

        expect(answer.text).to.equal('--- version-1\n+++ version-2\n@@ -1,1 +1,1 @@\n-hostname a\n+hostname \u00e4\n');
        expect(answer.headers['content-type']).to.equal('text/plain; charset=utf-8');
        expect(answer.headers['x-content-type-options']).to.equal('nosniff');
      }),
    );

    it(
      'compares with the version that is named',
      t.test(async ({ http, first, second }) => {
        const answer = await http.get(`/versions/${first.id}/diff?against=${second.id}`);

        expect(answer.text).to.include('-hostname \u00e4\n+hostname a\n');
      }),
    );

    it(
      'does not compare versions of different devices',
      t.test(async ({ http, first, elsewhere }) => {
        const answer = await http.get(`/versions/${first.id}/diff?against=${elsewhere.id}`);

        expect([answer.status, answer.body.code]).to.deep.equal([422, 'versions-of-different-devices']);
      }),
    );
  });

  const nowhere = { '/versions/:id': '', '/versions/:id/content': '/content', '/versions/:id/diff': '/diff' };
  for (const [title, path] of cases('knows no version of another id at {case}', nowhere)) {
    it(
      title,
      t.test(async ({ http, ids }) => {
        const answer = await http.get(`/versions/${ids.next()}${path}`);

        expect([answer.status, answer.body.code]).to.deep.equal([404, 'version-not-found']);
      }),
    );
  }
});
