import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { JobTypes } from '../ports/job-types.ts';

/** What all {@link JobTypes} promise. `open` is told the types that there are handlers for. */
export const jobTypesContract = contract(JobTypes, (open: (handled: readonly string[]) => JobTypes) => {
  it('are those that there is a handler for, and no other', () => {
    const types = open(['backup.run', 'test.run']);

    expect(types.names()).to.have.members(['backup.run', 'test.run']);
  });

  it('are none where nothing is handled', () => {
    const types = open([]);

    expect(types.names()).to.deep.equal([]);
  });
});
