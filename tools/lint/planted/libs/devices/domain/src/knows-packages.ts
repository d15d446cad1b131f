import { DataSource } from 'typeorm'; // ✗ lockstep/allowed-packages: "typeorm" may not be imported here.
import type { Driver } from 'typeorm/driver/Driver.js'; // ✗ lockstep/allowed-packages: "typeorm/driver/Driver.js" may not be
import { readFileSync } from 'node:fs'; // ✗ lockstep/allowed-packages: "node:fs" may not be imported here: this layer
import type { Stats } from 'fs'; // ✗ lockstep/allowed-packages: "fs" may not be imported here: this layer
export { injectable } from 'inversify'; // ✗ lockstep/allowed-packages: "inversify" may not be imported here.
export type { Options } from 'nobody-declared-this'; // ✗ lockstep/allowed-packages: "nobody-declared-this" may not be

export const later = import('pg'); // ✗ lockstep/allowed-packages: "pg" may not be imported here.
export const hidden = import(['p', 'g'].join('')); // ✗ lockstep/allowed-packages: What a computed import loads cannot

export const known = [DataSource, readFileSync] satisfies unknown[];
export type Known = [Driver, Stats];
