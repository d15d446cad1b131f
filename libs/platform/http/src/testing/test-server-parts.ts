import { Secret } from '#kernel';
import { ManualClock, SequentialIds } from '#kernel/testing';
import { RecordingLogger } from '#platform/logging/testing';
import type { HttpServerParts } from '../create-http-server.ts';
import { HttpRoutes, type HttpServer } from '../http-routes.ts';

export const TEST_TOKEN = 'a-token-that-only-tests-know-0123456789';

export const withToken = { authorization: `Bearer ${TEST_TOKEN}` };

/** What a server needs, boring and controllable, with these routes on it. */
export function testServerParts(register: (server: HttpServer) => void = () => {}, clock = new ManualClock()) {
  return {
    routes: [
      new (class extends HttpRoutes {
        override register = register;
      })(),
    ],
    readiness: [],
    clock,
    ids: new SequentialIds(),
    logger: new RecordingLogger(),
    token: new Secret(TEST_TOKEN),
    isUnavailable: (error: unknown) => error instanceof Error && 'code' in error && error.code === '57P01',
    about: { title: 'Test', version: '1.0.0', description: 'For tests.' },
  } satisfies HttpServerParts;
}
