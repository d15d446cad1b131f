import { layers } from '#tools/architecture'; // ✗ @nx/enforce-module-boundaries: "layer:app" may import
import { start } from '../../worker/src/main.ts'; // ✗ @nx/enforce-module-boundaries: This file belongs to another project.
import { campaigns } from '../../../tools/torture/src/campaigns/campaigns.ts'; // ✗ @nx/enforce-module-boundaries: This file belongs to another project.

export const known = [layers, start, campaigns] satisfies unknown[];
