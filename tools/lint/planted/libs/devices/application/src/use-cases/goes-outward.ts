import { devicesModule } from '#devices/infrastructure'; // ✗ @nx/enforce-module-boundaries: "devices-application" and "devices-infrastructure" need each other:
import { Logger } from '#platform/logging'; // ✗ @nx/enforce-module-boundaries: "layer:application" may import "layer:kernel", "layer:domain", "layer:contracts" only.
import { Job } from '#scheduling/domain'; // ✗ @nx/enforce-module-boundaries: "context:devices" may import "context:devices", "context:shared", "layer:contracts" only.
import { Jobs } from '#scheduling/contracts';
import { InMemoryDevices } from '../testing/in-memory-devices.ts'; // ✗ lockstep/test-support: "../testing/in-memory-devices.ts" is test support
import { useDatabase } from '#testing/database'; // ✗ @nx/enforce-module-boundaries: "layer:application" may import // ✗ lockstep/test-support: "#testing/database" is test support

export const known = [devicesModule, Logger, Job, Jobs, InMemoryDevices, useDatabase] satisfies unknown[];
