import { Container } from 'inversify'; // ✗ lockstep/allowed-packages: "inversify" may not be imported here.
import { InMemoryJobs } from '#scheduling/contracts/testing'; // ✗ lockstep/test-support: "#scheduling/contracts/testing" is test support, and this is not

export const known = [Container, InMemoryJobs] satisfies unknown[];
