/** What may happen to one call of a port, in the order in which it is tried. */
export const faults = [
  'fails-before', // the adapter does not hear of the call, and it rejects
  'fails-after', // the adapter does what it is asked, and the answer is lost: a transaction is committed, for example
  'hangs', // the adapter does not hear of the call, and no answer comes until the call's signal aborts
  'aborts', // the signal of the workflow aborts when the call is made
  'twice', // the adapter gets the call a second time when it has answered the first
  'crashes-before', // the process dies before the adapter hears of the call
  'crashes-after', // the process dies before the answer comes
] as const;

export type Fault = (typeof faults)[number];

/** Those that can happen where a callback hands back its answer, such as between the work of a transaction and COMMIT. */
export const faultsOfAnswers: readonly Fault[] = ['fails-before', 'aborts', 'crashes-before'];

/** Such as `crashes before`, for the head of a column. */
export function titleOf(fault: Fault): string {
  return fault.replace('-', ' ');
}

/** What is said of the call, such as `fails before its effect`. */
export const sentences: Readonly<Record<Fault, string>> = {
  'fails-before': 'fails before its effect',
  'fails-after': 'fails after its effect',
  hangs: 'hangs until it is aborted',
  aborts: 'is reached when the workflow is aborted',
  twice: 'is delivered twice',
  'crashes-before': 'is where the process dies, before its effect',
  'crashes-after': 'is where the process dies, after its effect',
};
