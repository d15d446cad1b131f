import type {
  ChangeDevice,
  FindDevice,
  ListDevices,
  PinHostKey,
  RegisterDevice,
  RemoveDevice,
  ScanHostKey,
  SetDeviceEnabled,
} from '#devices/application';
import type { ModelCatalogue } from '#devices/contracts';
import { refuse, requestSignal, type HttpRoutes, type HttpServer } from '#platform/http';
import { z } from 'zod';
import { encodeCursor } from './device-cursor.ts';
import { listQuery } from './device-list.schemas.ts';
import { problemOf } from './device.problems.ts';
import {
  changeBody,
  devicePageSchema,
  deviceParams,
  deviceSchema,
  enabledBody,
  hostKeyBody,
  registerBody,
  representationOf,
  scannedHostKeySchema,
} from './device.schemas.ts';

export type DeviceUseCases = {
  readonly register: RegisterDevice;
  readonly list: ListDevices;
  readonly find: FindDevice;
  readonly change: ChangeDevice;
  readonly remove: RemoveDevice;
  readonly setEnabled: SetDeviceEnabled;
  readonly scanHostKey: ScanHostKey;
  readonly pinHostKey: PinHostKey;
};

const tags = ['devices'];
const BY_NAME = { field: 'name', descending: false } as const;

export class DeviceRoutes implements HttpRoutes {
  readonly #use: DeviceUseCases;
  readonly #models: readonly string[];

  constructor(useCases: DeviceUseCases, models: ModelCatalogue) {
    this.#use = useCases;
    this.#models = models.names();
  }

  register(server: HttpServer): void {
    this.#collection(server);
    this.#device(server);
    this.#service(server);
    this.#hostKey(server);
  }

  #collection(server: HttpServer): void {
    const body = registerBody(this.#models);
    server.post(
      '/api/v1/devices',
      { schema: { tags, summary: 'Register a device', body, response: { 201: deviceSchema } } },
      async (request, reply) => {
        const registered = await this.#use.register.execute(request.body, { signal: requestSignal(request) });
        if (!registered.ok) return refuse(reply, problemOf(registered.error));
        const device = representationOf(registered.value);
        return reply.code(201).header('location', `/api/v1/devices/${device.id}`).send(device);
      },
    );

    server.get(
      '/api/v1/devices',
      { schema: { tags, summary: 'List devices', querystring: listQuery, response: { 200: devicePageSchema } } },
      async (request) => {
        const { devices, next } = await this.#use.list.execute(request.query, { signal: requestSignal(request) });
        const { sort = BY_NAME } = request.query;
        return { items: devices.map(representationOf), next: next && encodeCursor(next, sort) };
      },
    );
  }

  #device(server: HttpServer): void {
    server.get(
      '/api/v1/devices/:id',
      { schema: { tags, summary: 'Read a device', params: deviceParams, response: { 200: deviceSchema } } },
      async (request, reply) => {
        const found = await this.#use.find.execute(request.params, { signal: requestSignal(request) });
        return found.ok ? representationOf(found.value) : refuse(reply, problemOf(found.error));
      },
    );

    server.patch(
      '/api/v1/devices/:id',
      {
        schema: {
          tags,
          summary: 'Change a device: what is left out stays as it is',
          params: deviceParams,
          body: changeBody(this.#models),
          response: { 200: deviceSchema },
        },
      },
      async (request, reply) => {
        const { version, ...changes } = request.body;
        const command = { id: request.params.id, basedOn: version, changes };
        const changed = await this.#use.change.execute(command, { signal: requestSignal(request) });
        return changed.ok ? representationOf(changed.value) : refuse(reply, problemOf(changed.error));
      },
    );

    server.delete(
      '/api/v1/devices/:id',
      { schema: { tags, summary: 'Remove a device', params: deviceParams, response: { 204: z.void() } } },
      async (request, reply) => {
        const removed = await this.#use.remove.execute(request.params, { signal: requestSignal(request) });
        return removed.ok ? reply.code(204).send() : refuse(reply, problemOf(removed.error));
      },
    );
  }

  #service(server: HttpServer): void {
    server.put(
      '/api/v1/devices/:id/enabled',
      {
        schema: {
          tags,
          summary: 'Take a device out of service, or back into it',
          params: deviceParams,
          body: enabledBody,
          response: { 200: deviceSchema },
        },
      },
      async (request, reply) => {
        const command = { ...request.params, ...request.body };
        const set = await this.#use.setEnabled.execute(command, { signal: requestSignal(request) });
        return set.ok ? representationOf(set.value) : refuse(reply, problemOf(set.error));
      },
    );
  }

  #hostKey(server: HttpServer): void {
    server.post(
      '/api/v1/devices/:id/host-key/scan',
      {
        schema: {
          tags,
          summary: 'Ask the device for its host key, to be verified by a person',
          params: deviceParams,
          response: { 200: scannedHostKeySchema },
        },
      },
      async (request, reply) => {
        const scanned = await this.#use.scanHostKey.execute(request.params, { signal: requestSignal(request) });
        return scanned.ok ? scanned.value : refuse(reply, problemOf(scanned.error));
      },
    );

    server.put(
      '/api/v1/devices/:id/host-key',
      {
        schema: {
          tags,
          summary: 'Pin the host key that a person has verified',
          params: deviceParams,
          body: hostKeyBody,
          response: { 200: deviceSchema },
        },
      },
      async (request, reply) => {
        const { version, ...hostKey } = request.body;
        const command = { id: request.params.id, hostKey, ...(version !== undefined && { basedOn: version }) };
        const pinned = await this.#use.pinHostKey.execute(command, { signal: requestSignal(request) });
        return pinned.ok ? representationOf(pinned.value) : refuse(reply, problemOf(pinned.error));
      },
    );
  }
}
