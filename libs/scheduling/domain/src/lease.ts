/**
 * The right of one worker to work on a job, for a while.
 *
 * The token is a fencing token (Kleppmann, "How to do distributed locking", 2016): it grows with every lease a job is
 * given, so a worker that was taken for dead and comes back late is recognised by its old one.
 */
export class Lease {
  readonly token: number;
  readonly worker: string;
  readonly expiresAt: Date;

  private constructor(token: number, worker: string, expiresAt: Date) {
    this.token = token;
    this.worker = worker;
    this.expiresAt = expiresAt;
  }

  static grant(grant: { readonly after: number; readonly worker: string } & LeaseSpan): Lease {
    return new Lease(grant.after + 1, grant.worker, endOf(grant));
  }

  static restore(snapshot: Pick<Lease, 'token' | 'worker' | 'expiresAt'>): Lease {
    return new Lease(snapshot.token, snapshot.worker, snapshot.expiresAt);
  }

  renew(span: LeaseSpan): Lease {
    return new Lease(this.token, this.worker, endOf(span));
  }

  hasExpired(now: Date): boolean {
    return this.expiresAt <= now;
  }
}

export type LeaseSpan = { readonly now: Date; readonly leaseMs: number };

function endOf({ now, leaseMs }: LeaseSpan): Date {
  return new Date(now.getTime() + leaseMs);
}
