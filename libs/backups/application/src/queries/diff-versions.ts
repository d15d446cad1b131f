import { err, ok, type Result } from '#kernel';
import type { VersionId, VersionSnapshot } from '#backups/domain';
import type { ConfigStore } from '../ports/config-store.ts';
import type { DiffTooLarge, LabelledText, LineDiff } from '../ports/line-diff.ts';
import type { VersionReader } from '../ports/version-reader.ts';
import { contentOf } from './content-of.ts';
import { viewed, type ContentRefused, type ContentView } from './read-version-content.ts';

export type DiffVersionsQuery = {
  readonly versionId: VersionId;
  /** The older side; null for the version before. */
  readonly against: VersionId | null;
  /** With `redacted`, a secret that has changed is no difference. */
  readonly view: Exclude<ContentView, 'restore'>;
};

export type DiffRefused =
  | ContentRefused
  | DiffTooLarge
  | { readonly kind: 'VersionsOfDifferentDevices'; readonly versionId: VersionId; readonly against: VersionId };

/** What changed from one version of a device to another, as a unified diff. The first version is compared with nothing. */
export class DiffVersions {
  readonly #reader: VersionReader;
  readonly #store: ConfigStore;
  readonly #diff: LineDiff;

  constructor(reader: VersionReader, store: ConfigStore, diff: LineDiff) {
    this.#reader = reader;
    this.#store = store;
    this.#diff = diff;
  }

  async execute(
    { versionId, against, view }: DiffVersionsQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<string, DiffRefused>> {
    const version = await this.#reader.find(versionId, signal);
    if (version === null) return err({ kind: 'VersionNotFound', versionId });
    const base =
      against === null ? ok(await this.#before(version, signal)) : await this.#named(against, version, signal);
    if (!base.ok) return base;
    const from = await this.#text(base.value, view, signal);
    if (!from.ok) return from;
    const to = await this.#text(version, view, signal);
    return to.ok ? this.#diff.unified(from.value, to.value, signal) : to;
  }

  async #before({ deviceId, sequence }: VersionSnapshot, signal: AbortSignal): Promise<VersionSnapshot | null> {
    const [previous] = await this.#reader.page({ deviceId, before: sequence, limit: 1 }, signal);
    return previous ?? null;
  }

  async #named(
    against: VersionId,
    version: VersionSnapshot,
    signal: AbortSignal,
  ): Promise<Result<VersionSnapshot, DiffRefused>> {
    const base = await this.#reader.find(against, signal);
    if (base === null) return err({ kind: 'VersionNotFound', versionId: against });
    if (base.deviceId !== version.deviceId) {
      return err({ kind: 'VersionsOfDifferentDevices', versionId: version.id, against });
    }
    return ok(base);
  }

  async #text(
    version: VersionSnapshot | null,
    view: DiffVersionsQuery['view'],
    signal: AbortSignal,
  ): Promise<Result<LabelledText, DiffRefused>> {
    if (version === null) return ok({ label: '/dev/null', text: '' });
    const { model, sequence } = version;
    const content = await contentOf(this.#store, version, signal);
    if (!content.ok) return content;
    const text = viewed(view, model, new TextDecoder().decode(content.value));
    return text === null ? err({ kind: 'ViewNotAvailable', model, view }) : ok({ label: `version-${sequence}`, text });
  }
}
