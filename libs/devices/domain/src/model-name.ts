import { err, ok, type Result } from '#kernel';
import type { UnknownModel } from './device.errors.ts';

/** A model that configurations can be collected from: to have one is to know that it exists. */
export class ModelName {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static parse(text: string, known: readonly string[]): Result<ModelName, UnknownModel> {
    return known.includes(text) ? ok(new ModelName(text)) : err({ kind: 'UnknownModel', model: text, known });
  }

  get text(): string {
    return this.#text;
  }
}
