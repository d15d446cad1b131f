const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its name leads nowhere',
  EAI_AGAIN: 'its name cannot be looked up at present',
  ETIMEDOUT: 'nobody answers there in time',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
};
const CERTIFICATE = /CERT|SIGNATURE|SELF_SIGNED/;

/** Completes "It was not delivered, because …". Says nothing but what the code of the error stands for. */
export function describeNotReached(error: unknown): string {
  const code = codeOf(error);
  const known = REASONS[code];
  if (known !== undefined) return known;
  return CERTIFICATE.test(code) ? `its certificate is not trusted (${code})` : `the connection failed (${code})`;
}

/** Several addresses that were tried in vain fail with an error of errors. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'no code';
}
