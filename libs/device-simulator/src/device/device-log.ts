/** `credentials` says whether a secret, or proof of one, reached the device. */
export type Attempt = {
  readonly method: string;
  readonly username: string;
  readonly credentials: boolean;
  readonly accepted: boolean;
};

export type Session = { readonly over: 'shell' | 'exec'; readonly typed: string[] };

/** What a device saw of its visitors, for tests. */
export class DeviceLog {
  readonly attempts: Attempt[] = [];
  readonly sessions: Session[] = [];
  connections = 0;

  get typed(): string[] {
    return this.sessions.flatMap(({ typed }) => typed);
  }

  get credentialsReceived(): boolean {
    return this.attempts.some(({ credentials }) => credentials);
  }
}
