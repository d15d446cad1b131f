import { RegisterDevice } from '#devices/application'; // ✗ @nx/enforce-module-boundaries: "devices-domain" and "devices-application" need each other: devices-domain -> devices-application -> devices-domain. Move
import type { HostKey } from '#devices/contracts'; // ✗ @nx/enforce-module-boundaries: "layer:domain" may import "layer:kernel" only.
import { Logger } from '#platform/logging'; // ✗ @nx/enforce-module-boundaries: "layer:domain" may import "layer:kernel" only.
import { ok } from '../../../kernel/src/index.ts'; // ✗ @nx/enforce-module-boundaries: This file belongs to another project. // ✗ lockstep/no-own-index: Import the file
import { DeviceName } from '#devices/domain'; // ✗ @nx/enforce-module-boundaries: Inside a project, import the file itself
import { Nobody } from '#devices/nowhere'; // ✗ lockstep/known-imports: No project answers to "#devices/nowhere".
import { ManualClock } from '#kernel/testing'; // ✗ lockstep/test-support: "#kernel/testing" is test support, and this is not

export const known = [RegisterDevice, Logger, ok, DeviceName, Nobody, ManualClock] satisfies unknown[];
export type Known = HostKey;
