import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { ModelCatalogue } from '../model-catalogue.ts';

/** What every {@link ModelCatalogue} promises. */
export const modelCatalogueContract = contract(ModelCatalogue, (open: () => ModelCatalogue) => {
  it('names each model once, in alphabetical order', () => {
    const names = open().names();

    expect(names).to.deep.equal([...new Set(names)].toSorted());
  });

  it('names the same models whenever it is asked', () => {
    const catalogue = open();

    expect(catalogue.names()).to.deep.equal(catalogue.names()).and.not.be.empty;
  });
});
