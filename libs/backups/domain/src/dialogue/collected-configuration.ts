/**
 * A configuration that came with its model's proof of completeness.
 *
 * `text` is what the device answered, without echo, prompt, pager and terminal codes: lines end in `\n`, the last one
 * too, and the text neither begins nor ends with an empty line.
 */
export type CollectedConfiguration = { readonly text: string };
