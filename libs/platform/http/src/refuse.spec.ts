import { HttpTest } from '#testing/http';
import { expect } from 'chai';
import { fastify } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { refuse } from './refuse.ts';

class RefuseTest extends HttpTest {
  protected override application() {
    const server = fastify({ genReqId: () => 'request-1' });
    server.setValidatorCompiler(validatorCompiler);
    server.setSerializerCompiler(serializerCompiler);
    server
      .withTypeProvider<ZodTypeProvider>()
      .get('/', { schema: { response: { 200: z.object({ name: z.string() }) } } }, async (_, reply) =>
        refuse(reply, {
          status: 409,
          code: 'name-taken',
          detail: 'Choose another name.',
          facts: { name: 'core-1', status: 'not this one' },
        }),
      );
    return server;
  }
}

const t = RefuseTest.install();

describe('refuse', () => {
  it(
    'answers with the problem, its facts beside it, from a route that declares other answers',
    t.test(async ({ http }) => {
      const answer = await http.get('/');

      expect(answer.status).to.equal(409);
      expect(answer.headers['content-type']).to.equal('application/problem+json');
      expect(answer.body).to.deep.equal({
        name: 'core-1',
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        code: 'name-taken',
        detail: 'Choose another name.',
        requestId: 'request-1',
      });
    }),
  );
});
