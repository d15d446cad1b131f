/** The job types that some worker of this installation has a handler for. The composition root says which. */
export abstract class JobTypes {
  abstract names(): readonly string[];
}
