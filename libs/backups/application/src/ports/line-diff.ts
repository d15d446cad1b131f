import type { Result } from '#kernel';

export type LabelledText = { readonly label: string; readonly text: string };

export type DiffTooLarge = { readonly kind: 'DiffTooLarge' };

/**
 * What turns one text into another, as a unified diff with three lines of context: empty for equal texts, and
 * otherwise something that `patch` applies. The labels stand in its two head lines.
 *
 * Comparing very different texts can take time that grows with their product: after a limit it is refused as
 * {@link DiffTooLarge}. An abort rejects with the signal's reason and stops the comparison.
 */
export abstract class LineDiff {
  abstract unified(from: LabelledText, to: LabelledText, signal: AbortSignal): Promise<Result<string, DiffTooLarge>>;
}
