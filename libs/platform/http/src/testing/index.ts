export { TEST_TOKEN, testServerParts, withToken } from './test-server-parts.ts';
