import { randomUUID } from 'node:crypto'; // ✗ lockstep/allowed-packages: "node:crypto" may not // ✗ lockstep/no-ambient-randomness: "randomUUID" makes every run different.
import { env } from 'node:process'; // ✗ lockstep/allowed-packages: "node:process" may not // ✗ lockstep/no-ambient-environment: "env" is read in one place.
import { setTimeout as after } from 'node:timers/promises'; // ✗ lockstep/allowed-packages: "node:timers/promises" may not // ✗ lockstep/no-ambient-time: "node:timers/promises" is time nobody
import { performance as precise } from 'node:perf_hooks'; // ✗ lockstep/allowed-packages: "node:perf_hooks" may not // ✗ lockstep/no-ambient-time: "performance" is time nobody

export const times = [
  Date.now(), // ✗ lockstep/no-ambient-time: "Date.now" is time nobody can control in a test. Ask for the Clock port
  new Date(), // ✗ lockstep/no-ambient-time: "new Date()" is time nobody
  Date(), // ✗ lockstep/no-ambient-time: "new Date()" is time nobody
  globalThis.Date.now(), // ✗ lockstep/no-ambient-time: "Date.now" is time nobody
  performance.now(), // ✗ lockstep/no-ambient-time: "performance" is time nobody
  process.hrtime.bigint(), // ✗ lockstep/no-ambient-time: "process.hrtime" is time nobody
  setTimeout(() => {}, 1), // ✗ lockstep/no-ambient-time: "setTimeout" is time nobody
  globalThis.setInterval(() => {}, 1), // ✗ lockstep/no-ambient-time: "globalThis.setInterval" is time nobody
  setImmediate(() => {}), // ✗ lockstep/no-ambient-time: "setImmediate" is time nobody
  AbortSignal.timeout(1), // ✗ lockstep/no-ambient-time: "AbortSignal.timeout" is time nobody
  new Date(0),
];
export const { now } = Date; // ✗ lockstep/no-ambient-time: "Date.now" is time nobody

export const chances = [
  Math.random(), // ✗ lockstep/no-ambient-randomness: "Math.random" makes every run different. Ask for the Ids port
  crypto.randomUUID(), // ✗ lockstep/no-ambient-randomness: "crypto.randomUUID" makes every run different.
];

export const settings = [
  process.env['HOME'], // ✗ lockstep/no-ambient-environment: "process.env" is read in one place. Add the name to the schema
  globalThis.process.env, // ✗ lockstep/no-ambient-environment: "process.env" is read in one place.
];
export const { env: environment } = process; // ✗ lockstep/no-ambient-environment: "process.env" is read in one place.
export const known = [randomUUID, env, after, precise];
