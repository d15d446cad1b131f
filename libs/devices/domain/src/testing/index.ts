export { aDevice } from './a-device.ts';
export { aHostKey } from './a-host-key.ts';
