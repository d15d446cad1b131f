import { inject } from 'inversify'; // ✗ lockstep/allowed-packages: "inversify" may not be imported here.
import { Device } from '#backups/application'; // ✗ @nx/enforce-module-boundaries: "context:devices" may import
import { In } from 'typeorm';
import { readFile } from 'node:fs/promises';

export const known = [inject, Device, In, readFile] satisfies unknown[];
