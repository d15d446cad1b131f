import type { ImportDevices } from '#devices/application';
import { refuse, requestSignal, type HttpRoutes, type HttpServer } from '#platform/http';
import type { Readable } from 'node:stream';
import { CsvUpload } from './csv-upload.ts';
import { tableProblemOf } from './import.problems.ts';
import { csvBody, importQuery, importReportOf, importReportSchema } from './import.schemas.ts';

export class ImportRoutes implements HttpRoutes {
  readonly #importDevices: ImportDevices;

  constructor(importDevices: ImportDevices) {
    this.#importDevices = importDevices;
  }

  register(server: HttpServer): void {
    // In a scope of its own: no other route takes files, and this one takes nothing else.
    void server.register(async (scope: HttpServer) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('text/csv', async (_: unknown, file: Readable) => new CsvUpload(file));
      this.#routes(scope);
    });
  }

  #routes(server: HttpServer): void {
    server.post(
      '/api/v1/devices/import',
      {
        schema: {
          tags: ['devices'],
          summary: 'Register and change many devices from a table',
          description:
            'Each row is done or refused by itself. With `onExisting=update`, the same file again changes nothing more.',
          consumes: ['text/csv'],
          querystring: importQuery,
          body: csvBody,
          response: { 200: importReportSchema },
        },
      },
      async (request, reply) => {
        const command = { ...request.query, bytes: request.body.bytes() };
        const imported = await this.#importDevices.execute(command, { signal: requestSignal(request) });
        return imported.ok ? importReportOf(imported.value) : refuse(reply, tableProblemOf(imported.error));
      },
    );
  }
}
