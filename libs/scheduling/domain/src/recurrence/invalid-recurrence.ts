/** `problem` completes "the field …", and says what is allowed. */
export type InvalidRecurrence = {
  readonly kind: 'InvalidRecurrence';
  readonly field: string;
  readonly problem: string;
};
