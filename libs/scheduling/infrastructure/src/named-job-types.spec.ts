import { jobTypesContract } from '#scheduling/application/testing';
import { NamedJobTypes } from './named-job-types.ts';

jobTypesContract.holdsFor(NamedJobTypes, (handled) => new NamedJobTypes(handled));
