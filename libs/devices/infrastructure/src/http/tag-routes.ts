import type { AddDeviceTag, ListTags, RemoveDeviceTag, RenameTag } from '#devices/application';
import { idSchema, refuse, requestSignal, type HttpRoutes, type HttpServer } from '#platform/http';
import { z } from 'zod';
import { tagPageSchema, tagQuery, tagSchema } from './device-list.schemas.ts';
import { problemOf } from './device.problems.ts';
import { deviceSchema, representationOf, tagText } from './device.schemas.ts';

export type TagUseCases = {
  readonly addTag: AddDeviceTag;
  readonly removeTag: RemoveDeviceTag;
  readonly listTags: ListTags;
  readonly renameTag: RenameTag;
};

const tags = ['devices'];
const tagParams = z.strictObject({ tag: tagText });
const deviceTagParams = z.strictObject({ id: idSchema<'Device'>(), tag: tagText });

export class TagRoutes implements HttpRoutes {
  readonly #use: TagUseCases;

  constructor(useCases: TagUseCases) {
    this.#use = useCases;
  }

  register(server: HttpServer): void {
    this.#ofDevice(server);
    this.#ofAll(server);
  }

  #ofDevice(server: HttpServer): void {
    const schema = { tags, params: deviceTagParams, response: { 200: deviceSchema } };

    server.put(
      '/api/v1/devices/:id/tags/:tag',
      { schema: { ...schema, summary: 'Add a tag to a device' } },
      async (request, reply) => {
        const added = await this.#use.addTag.execute(request.params, { signal: requestSignal(request) });
        return added.ok ? representationOf(added.value) : refuse(reply, problemOf(added.error));
      },
    );

    server.delete(
      '/api/v1/devices/:id/tags/:tag',
      { schema: { ...schema, summary: 'Remove a tag from a device' } },
      async (request, reply) => {
        const removed = await this.#use.removeTag.execute(request.params, { signal: requestSignal(request) });
        return removed.ok ? representationOf(removed.value) : refuse(reply, problemOf(removed.error));
      },
    );
  }

  #ofAll(server: HttpServer): void {
    server.get(
      '/api/v1/tags',
      {
        schema: {
          tags,
          summary: 'List the tags of all devices',
          querystring: tagQuery,
          response: { 200: tagPageSchema },
        },
      },
      async (request) => {
        const listed = await this.#use.listTags.execute(request.query, { signal: requestSignal(request) });
        return { items: [...listed.tags], next: listed.next };
      },
    );

    server.patch(
      '/api/v1/tags/:tag',
      {
        schema: {
          tags,
          summary: 'Rename a tag of all devices: into one that is there, the two become one',
          params: tagParams,
          body: z.strictObject({ tag: tagText.describe('The new name.') }),
          response: { 200: tagSchema },
        },
      },
      async (request, reply) => {
        const command = { from: request.params.tag, to: request.body.tag };
        const renamed = await this.#use.renameTag.execute(command, { signal: requestSignal(request) });
        return renamed.ok ? renamed.value : refuse(reply, problemOf(renamed.error));
      },
    );
  }
}
