type Invalid = {
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const UNITS: Readonly<Record<string, string>> = { string: 'characters', array: 'items' };

/** What a schema has against a value, as the end of a sentence that begins with the name of the value. */
export function whatIsWrong({ keyword, message = '', params }: Invalid): string {
  const { expected, origin, minimum, maximum, values, options, keys, format } = params;
  switch (keyword) {
    case 'invalid_type':
      // The one place where the library says that there is no value.
      if (message.endsWith('received undefined')) return 'is required';
      return `has to be ${KINDS[String(expected)] ?? String(expected)}`;
    case 'too_small':
      return `has to ${amount(origin, 'at least', minimum)}`;
    case 'too_big':
      return `has to ${amount(origin, 'at most', maximum)}`;
    case 'invalid_value':
      return `has to be ${oneOf(values)}`;
    case 'invalid_union':
      return Array.isArray(options) ? `has to be ${oneOf(options)}` : 'is not of any kind that is known here';
    case 'invalid_format':
      return format === 'uuid' ? 'has to be an id, as the API has answered it' : `has to be a ${String(format)}`;
    case 'unrecognized_keys':
      return `has something that is not known here: ${quoted(keys)}`;
    default:
      return `is not valid (${message})`;
  }
}

function amount(origin: unknown, bound: string, number: unknown): string {
  const unit = UNITS[String(origin)];
  return unit === undefined
    ? `be ${bound} ${String(number)}`
    : `have ${bound} ${String(number)} ${number === 1 ? unit.slice(0, -1) : unit}`;
}

function oneOf(values: unknown): string {
  return Array.isArray(values) && values.length === 1 ? quoted(values) : `one of ${quoted(values)}`;
}

function quoted(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : '';
}
