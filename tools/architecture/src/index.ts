export {
  ambientEnvironment,
  ambientRandomness,
  ambientTime,
  ownSetup,
  untested,
  type Exception,
} from './exceptions.ts';
export { layersTable } from './layers-table.ts';
export { layerNames, layers, lightParts, type Layer, type LayerRules } from './layers.ts';
export { nodeModules, packages, testFiles } from './packages.ts';
export { projectFaults } from './project-faults.ts';
export { readProjects, type Project } from './projects.ts';
