/** The device models that can be collected from, by name, in alphabetical order. Bound by the context that collects. */
export abstract class ModelCatalogue {
  abstract names(): readonly string[];
}
