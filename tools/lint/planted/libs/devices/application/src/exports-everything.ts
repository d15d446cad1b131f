export * from './queries/list-devices.ts'; // ✗ lockstep/no-export-all: Export each name: an index is a list
export { Devices } from './ports/index.ts'; // ✗ lockstep/no-own-index: Import the file that declares the name, not the index
