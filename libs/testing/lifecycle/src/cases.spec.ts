import { expect } from 'chai';
import { cases, type CheckedTitle } from './cases.ts';

const titlesOf = (table: readonly (readonly [string, unknown])[]): readonly string[] => table.map(([title]) => title);

describe('A table of cases', () => {
  for (const [title, { text, length }] of cases('has titles with names and fields: {case} has {length} letters', {
    'an empty text': { text: '', length: 0 },
    'a word': { text: 'lockstep', length: 8 },
  })) {
    it(title, () => {
      expect(text).to.have.lengthOf(length);
    });
  }

  it('is named by its keys', () => {
    const table = cases('refuses {case}', { 'an empty name': '', 'a name with a blank': 'core 1' });

    expect(table).to.deep.equal([
      ['refuses an empty name', ''],
      ['refuses a name with a blank', 'core 1'],
    ]);
  });

  it('may be a list, whose cases are told as they are', () => {
    const table = cases('does not take {case}', ['limit=0', '', ' x', 7, { ids: ['a'] }, undefined]);

    expect(titlesOf(table)).to.deep.equal([
      'does not take limit=0',
      "does not take ''",
      "does not take ' x'",
      'does not take 7',
      "does not take { ids: [ 'a' ] }",
      'does not take undefined',
    ]);
  });

  it('may be a list of cases that are told by their fields', () => {
    const table = cases('accepts a {field} from {from} to {to}', [{ field: 'priority', from: -9, to: 9 }]);

    expect(titlesOf(table)).to.deep.equal(['accepts a priority from -9 to 9']);
  });

  it('cuts what is too long for a title', () => {
    const [[title] = ['']] = cases('{case}', ['x'.repeat(200)]);

    expect(title).to.equal(`${'x'.repeat(60)}…`);
  });

  it('does not let a test change a case that others see', () => {
    const [[, one] = []] = cases('{case}', { first: { settings: { places: 2 } } });

    expect(() => {
      if (one) one.settings.places = 3;
    }).to.throw(TypeError, 'read only');
  });

  it('leaves instances of classes as they are', () => {
    const [[, date] = []] = cases('{case}', { today: new Date(0) });

    expect(Object.isFrozen(date)).to.equal(false);
  });

  it('is refused when it is empty', () => {
    expect(() => cases('refuses {case}', [])).to.throw('The table of "refuses {case}" has no cases.');
    expect(() => cases('refuses {case}', {})).to.throw('has no cases');
  });

  it('is refused when two cases have one title', () => {
    const twice = [
      { kind: 'Gone', at: 1 },
      { kind: 'Gone', at: 2 },
    ];

    expect(() => cases('answers {kind}', twice)).to.throw('Two cases have the title "answers Gone"');
  });

  it('is refused when its title names what a case does not have', () => {
    const [misspelt, ofText]: readonly string[] = ['answers {kid}', 'answers {length}'];

    expect(() => cases(misspelt ?? '', { one: { kind: 'Gone' } })).to.throw(
      '{kid}, and the case one has no such field',
    );
    expect(() => cases(ofText ?? '', { one: 'text' })).to.throw('{length}');
  });

  it('does not compile then either, as long as the title is a literal', () => {
    const known: CheckedTitle<'answers {kind} for {case}', { kind: string }> = 'answers {kind} for {case}';
    const misspelt: CheckedTitle<'answers {kid}', { kind: string }> = '{kid} is no field of every case';
    const notOfAll: CheckedTitle<'{b}', { a: 1 } | { b: 2 }> = '{b} is no field of every case';
    const ofText: CheckedTitle<'{length}', string> = '{length} is no field of every case';

    expect([known, misspelt, notOfAll, ofText]).to.have.lengthOf(4);
  });
});
