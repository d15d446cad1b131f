/** Why a configuration was collected but not kept. */
export type StorageFailure =
  { readonly kind: 'StorageFull' } | { readonly kind: 'StorageFailed'; readonly reason: string };
