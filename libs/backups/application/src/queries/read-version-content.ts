import { modelNamed, redactSecrets, restoreText, type VersionId, type VersionSnapshot } from '#backups/domain';
import { err, ok, type Result } from '#kernel';
import type { ConfigStore } from '../ports/config-store.ts';
import type { VersionReader } from '../ports/version-reader.ts';
import { contentOf, type ContentLost } from './content-of.ts';
import type { VersionNotFound } from './read-version.ts';

/**
 * `original` is every byte as it was collected. `redacted` is that text without the secrets that the model knows. `restore` is the
 * text to type into a session of the device to bring the configuration back: it has the secrets.
 */
export type ContentView = 'original' | 'redacted' | 'restore';

export type VersionContent = { readonly version: VersionSnapshot; readonly bytes: Uint8Array };

export type ContentRefused =
  | VersionNotFound
  | ContentLost
  | { readonly kind: 'ViewNotAvailable'; readonly model: string; readonly view: ContentView };

export type ReadVersionContentQuery = { readonly versionId: VersionId; readonly view: ContentView };

/** The content of one version: never what was not stored. */
export class ReadVersionContent {
  readonly #reader: VersionReader;
  readonly #store: ConfigStore;

  constructor(reader: VersionReader, store: ConfigStore) {
    this.#reader = reader;
    this.#store = store;
  }

  /** Refused is a view that the model of the version does not have, or that is of a model which is no longer known. */
  async execute(
    { versionId, view }: ReadVersionContentQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<VersionContent, ContentRefused>> {
    const version = await this.#reader.find(versionId, signal);
    if (version === null) return err({ kind: 'VersionNotFound', versionId });
    const content = await contentOf(this.#store, version, signal);
    if (!content.ok) return content;
    const bytes = content.value;
    if (view === 'original') return ok({ version, bytes });
    const text = viewed(view, version.model, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    if (text === null) return err({ kind: 'ViewNotAvailable', model: version.model, view });
    return ok({ version, bytes: new TextEncoder().encode(text) });
  }
}

/** Null where there is no such view. */
export function viewed(view: ContentView, modelName: string, text: string): string | null {
  if (view === 'original') return text;
  const model = modelNamed(modelName);
  if (model === null) return null;
  return view === 'redacted' ? redactSecrets(model, text) : restoreText(model, text);
}
