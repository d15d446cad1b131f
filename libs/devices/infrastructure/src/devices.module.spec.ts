import { DeviceDirectory, ModelCatalogue } from '#devices/contracts';
import { Clock, Ids, Secret } from '#kernel';
import { ManualClock, SequentialIds } from '#kernel/testing';
import { HttpRoutes } from '#platform/http';
import { StartCheck } from '#platform/system';
import { proveComposition } from '#testing/container';
import { expect } from 'chai';
import { Container } from 'inversify';
import { DataSource } from 'typeorm';
import { devicesWorkerModule } from './devices-worker.module.ts';
import { devicesModule } from './devices.module.ts';

const masterKey = new Secret(Buffer.alloc(32).toString('base64'));

describe('devicesModule', () => {
  it('binds all that the routes and the other contexts ask for, and nothing else', async () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.bind(DataSource).toConstantValue(new DataSource({ type: 'postgres' }));
    container.bind(Clock).toConstantValue(new ManualClock());
    container.bind(Ids).toConstantValue(new SequentialIds());
    container.bind(ModelCatalogue).toConstantValue({ names: () => ['ios'] });

    container.load(devicesModule({ masterKey }));

    expect(await proveComposition(container, [HttpRoutes, DeviceDirectory, StartCheck])).to.deep.equal([]);
  });
});

describe('devicesWorkerModule', () => {
  it('binds all it takes to log in to a device, and nothing else', async () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.bind(DataSource).toConstantValue(new DataSource({ type: 'postgres' }));

    container.load(devicesWorkerModule({ masterKey }));

    expect(await proveComposition(container, [DeviceDirectory, StartCheck])).to.deep.equal([]);
  });
});
