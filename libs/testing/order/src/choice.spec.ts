import { expect } from 'chai';
import { isSwitch, usual, type Choice } from './choice.ts';
import { TIME } from './step.ts';
import { NO_EFFECTS } from './taken.ts';

function choice(actors: readonly string[], last?: string, inRow = 1): Choice {
  return {
    options: actors.map((actor, index) => ({ actor, number: index, what: 'Port.call', keys: undefined, args: [] })),
    last,
    effects: NO_EFFECTS,
    inRow,
  };
}

describe('The usual option', () => {
  it('is the first at the beginning', () => {
    expect(usual(choice(['a', 'b']))).to.equal(0);
  });

  it('is that of whoever has moved last', () => {
    expect(usual(choice(['a', 'b', 'c'], 'b'))).to.equal(1);
  });

  it('is the oldest where that one has several', () => {
    expect(usual(choice(['a', 'b', 'b'], 'b'))).to.equal(1);
  });

  it('is the first where that one is at its end, or time has moved last', () => {
    expect(usual(choice(['a', 'c'], 'b'))).to.equal(0);
    expect(usual(choice(['a', 'b', TIME], TIME))).to.equal(0);
  });

  it('lets time pass where nothing else can be done', () => {
    expect(usual(choice([TIME], 'a'))).to.equal(0);
  });

  it('gives everybody a turn in a circle, after 25 steps of one', () => {
    expect(usual(choice(['a', 'b', 'c'], 'b', 24))).to.equal(1);
    expect(usual(choice(['a', 'b', 'c'], 'b', 25))).to.equal(2);
    expect(usual(choice(['a', 'b', 'c'], 'c', 25))).to.equal(0);
    expect(usual(choice(['a', 'b', 'b'], 'b', 25))).to.equal(0);
  });

  it('lets time pass after 25 steps of the only one who can move', () => {
    expect(usual(choice(['a', 'a', TIME], 'a', 25))).to.equal(2);
  });
});

describe('A switch', () => {
  it('is whoever goes on instead of one who could', () => {
    expect(isSwitch(choice(['a', 'b'], 'a'), 1)).to.equal(true);
  });

  it('is not whoever goes on first, or after one who is at its end', () => {
    expect(isSwitch(choice(['a', 'b']), 1)).to.equal(false);
    expect(isSwitch(choice(['b', 'c'], 'a'), 1)).to.equal(false);
  });

  it('is another call of the same actor than its oldest', () => {
    expect(isSwitch(choice(['a', 'a'], 'a'), 1)).to.equal(true);
  });

  it('is time that passes although somebody could go on', () => {
    expect(isSwitch(choice(['a', TIME], 'b'), 1)).to.equal(true);
    expect(isSwitch(choice(['a', TIME]), 1)).to.equal(true);
    expect(isSwitch(choice([TIME], 'a'), 0)).to.equal(false);
  });
});
