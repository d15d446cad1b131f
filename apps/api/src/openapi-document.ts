import { createHttpServer } from '#platform/http';
import { DataSource } from 'typeorm';
import { composeApi } from './composition-root.ts';
import { httpPartsOf } from './serve-api.ts';
import { Secret } from '#kernel';

/** What `/openapi.json` answers, as the text that is committed. Needs no database: nothing is asked of it. */
export async function openapiDocument(): Promise<string> {
  const nothing = new Secret('');
  const settings = {
    logLevel: 'error',
    masterKey: new Secret(Buffer.alloc(32).toString('base64')),
    storeDirectory: '',
  } as const;
  const container = composeApi(settings, new DataSource({ type: 'postgres' }));
  const { server } = await createHttpServer(await httpPartsOf(container, { token: nothing }));
  try {
    const answer = await server.inject('/openapi.json');
    return `${JSON.stringify(answer.json(), null, 2)}\n`;
  } finally {
    await server.close();
  }
}

if (import.meta.main) process.stdout.write(await openapiDocument());
