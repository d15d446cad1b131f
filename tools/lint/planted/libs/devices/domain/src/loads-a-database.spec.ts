import { expect } from 'chai';
import { fc } from '#testing/properties';
import { SequentialIds } from '#kernel/testing';
import { useScope } from '#testing/lifecycle';
import { useDatabase } from '#testing/database'; // ✗ lockstep/test-support: Tests of this layer may use the light parts (concurrency, leaks, lifecycle, properties, report, runtime, system, time) of the test kit
import { createServer } from 'node:http'; // ✗ lockstep/allowed-packages: "node:http" may not be imported here: this layer

export const known = [expect, fc, SequentialIds, useScope, useDatabase, createServer];
