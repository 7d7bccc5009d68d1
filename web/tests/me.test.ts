import { expect, test } from 'vitest';
import type { Entry } from '../src/live/member';
import type { Badge, Recognition, Tier } from '../src/live/recognition';
import { newId } from '../src/live/newId';
import type { Redemption, Reward } from '../src/live/rewards';
import { badgesInOrder, isCounted, nearGoals, tierPart } from '../src/me/goals';
import { alsoDone, instantOf, joined, shownEntries, signed, titleOf, withNewest } from '../src/me/movements';
import { canWait, isAtOnce, refusalWords, rewardGoals, shelfOf, stepsAllowed, stepsOf, termsOf, vouchersInOrder } from '../src/me/shelf';
import { languages, wordsIn } from '../src/words/language';

const text = (name: string) => ({ fr: name, nl: name, en: name });

const tier: Tier = {
  id: 'silver', name: text('Silver'), spend: 750, engagement: 10, next: 'gold', nextName: text('Gold'), missingSpend: 250, missingEngagement: 90, both: false, how: null,
};

function badge(id: string, change: Partial<Badge> = {}): Badge {
  return { id, name: text(id), level: 0, levels: 1, times: 0, done: 0, needed: 10, awardedOn: null, how: text(''), ...change };
}

function entry(version: number, change: Partial<Entry> = {}): Entry {
  return {
    version, type: 'receipt.posted', receipt: `BRU/1/2011-05-10/${version}`, receiptType: 'sale', points: 20, balance: 20, total: 20, occurredAt: '2011-05-10T14:00:00+02:00',
    recordedAt: '2026-11-22T14:00:00Z', postings: [], why: [], recognised: [], activity: null, reward: null, ...change,
  };
}

const recognition: Recognition = { tier: null, badges: [], streaks: [], cards: [], plans: [], perks: [] };

test('one of two ways leads to a tier by the nearer one, both ways by the farther', () => {
  expect(tierPart(tier)).toBe(0.75);
  expect(tierPart({ ...tier, both: true })).toBe(0.1);
  expect(tierPart({ ...tier, missingEngagement: 0 })).toBe(0.75);
  expect(tierPart({ ...tier, spend: -5, missingEngagement: 0 })).toBe(0);
  expect(tierPart({ ...tier, next: null, nextName: null })).toBe(1);
});

test('badges stand in the order in which they are looked for', () => {
  const { held, begun, open } = badgesInOrder([
    badge('none'), badge('old', { level: 1, awardedOn: '2011-01-01' }), badge('half', { done: 5 }), badge('new', { level: 1, awardedOn: '2011-05-01' }),
    badge('most', { done: 9 }), badge('uncounted', { done: null, needed: null }),
  ]);
  expect([held, begun, open].map(list => list.map(one => one.id))).toEqual([['new', 'old'], ['most', 'half'], ['none', 'uncounted']]);
});

test('a count is told as it is where it is small and whole', () => {
  expect(isCounted(badge('stores', { done: 2, needed: 3 }))).toBe(true);
  expect(isCounted(badge('cents', { done: 46_955, needed: 50_000 }))).toBe(false);
  expect(isCounted(badge('kilos', { done: 2.5, needed: 5 }))).toBe(false);
});

test('the nearest few goals are told, and nothing that is far, reached or not begun', () => {
  const near = nearGoals({
    recognition: {
      ...recognition,
      tier: { ...tier, spend: 900, missingSpend: 100 },
      badges: [badge('two-of-three', { done: 2, needed: 3 }), badge('one-of-three', { done: 1, needed: 3 }), badge('whole', { done: 10 }), badge('unbegun')],
      cards: [{ id: 'bread', name: text('Bread'), stamps: 8, needed: 10, filled: 0, how: text('') }, { id: 'new', name: text('New'), stamps: 0, needed: 1, filled: 0, how: text('') }],
    },
  }, [{ kind: 'reward', id: 'mug', name: text('Mug'), part: 0.95, left: 10 }, { kind: 'reward', id: 'far', name: text('Far'), part: 0.5, left: 500 }]);
  expect(near.map(goal => [goal.id, goal.left])).toEqual([['mug', 10], ['gold', null], ['bread', 2]]);
  expect(nearGoals({ recognition: { ...recognition, badges: [badge('two-of-three', { done: 2, needed: 3 })] } }).map(goal => goal.left)).toEqual([1]);
  expect(nearGoals({ recognition: null })).toEqual([]);
});

test('what came meanwhile joins what was read, and a gap is read again', () => {
  const known = [entry(9), entry(8), entry(7)];
  expect(withNewest(known, [entry(11), entry(10), entry(9)]).map(one => one.version)).toEqual([11, 10, 9, 8, 7]);
  expect(withNewest(known, [entry(30), entry(29)]).map(one => one.version)).toEqual([30, 29]);
  expect(withNewest([], [entry(1)]).map(one => one.version)).toEqual([1]);
  expect(joined([entry(2)], [entry(3), entry(2, { points: 99 })]).map(one => [one.version, one.points])).toEqual([[3, 20], [2, 20]]);
});

test('a gift is one line, and what says nothing is none', () => {
  const held = entry(2, { type: 'entitlement.held', receipt: null, receiptType: null, points: 0, reward: { text: text('Given') } });
  const paid = { ...held, version: 3, postings: [{ unit: 'points', kind: 'held', amount: 200, text: text('Set aside') }] };
  const silent = entry(4, { type: 'member.segmented', receipt: null, receiptType: null, points: 0 });
  expect(shownEntries([silent, paid, held, entry(1)]).map(one => one.version)).toEqual([3, 1]);
});

test('a movement is named after what happened', () => {
  const scopes = [{ id: 'store:BRU', name: { fr: 'Bruxelles', nl: 'Brussel', en: 'Brussels' } }];
  const plain = { receipt: null, receiptType: null };
  expect(titleOf(entry(1), scopes, 'nl')).toBe('Aankoop, Brussel');
  expect(titleOf(entry(1, { receiptType: 'return' }), [], 'en')).toBe('Return, BRU');
  expect(titleOf(entry(1, { ...plain, reward: { text: text('Mug') } }), scopes, 'fr')).toBe('Mug');
  expect(titleOf(entry(1, { ...plain, type: 'activity.posted', activity: { type: 'review' } }), scopes, 'fr')).toBe('Avis');
  expect(titleOf(entry(1, { ...plain, type: 'new.kind', postings: [{ unit: 'points', kind: 'expired', amount: 5, text: text('Expired') }] }), scopes, 'en')).toBe('Expired');
  expect(titleOf(entry(1, { ...plain, type: 'new.kind' }), scopes, 'en')).toBe('Movement');
  expect(instantOf(entry(1))).toBe('2011-05-10T14:00:00+02:00');
  expect(instantOf(entry(1, { occurredAt: null }))).toBe('2026-11-22T14:00:00Z');
});

test('what else moved is summed by kind, with a sign that reads', () => {
  const posting = (kind: string, amount: number, unit = 'points') => ({ unit, kind, amount, text: text(kind) });
  const moved = entry(1, { postings: [posting('activated', 300), posting('activated', 1_026), posting('earned', 20), posting('expired', -5), posting('activated', 7, 'status')] });
  expect(alsoDone(moved, 'points', 'en')).toEqual(['activated: 1,326', 'expired: 5']);
  const held = { ...moved, reward: { text: text('Mug') }, postings: [posting('held', 200), posting('activated', 300)] };
  expect(alsoDone(held, 'points', 'en')).toEqual(['activated: 300']);
  expect([signed(1_200, 'nl'), signed(-30, 'en'), signed(0, 'fr')]).toEqual(['+1.200', '\u221230', '0']);
});

test('every kind of movement has its words in each language', () => {
  const keys = (language: (typeof languages)[number]) => [Object.keys(wordsIn(language).me.activity).sort(), Object.keys(wordsIn(language).me.entry).sort()];
  for (const language of languages) {
    expect(keys(language)).toEqual(keys('en'));
    const { me } = wordsIn(language);
    expect(me.toSpend(1)).not.toBe(me.toSpend(2));
    expect(me.freezes(1)).not.toBe(me.freezes(2).replace('2', '1'));
  }
});

function reward(id: string, change: Partial<Reward> = {}): Reward {
  return { reward: id, kind: 'percent', name: text(id), money: 0, points: 100, stepsMax: 1, text: text(`${id}: 10% off.`), available: true, missing: 0, left: null, why: null, ...change };
}

const lacking = (missing: number) => ({ available: false, missing, why: { code: 'insufficient-points', remedy: '' } });

test('what can be had stands first, then what is nearest', () => {
  const shelf = shelfOf([
    reward('tier', { available: false, why: { code: 'tier-needed', remedy: '' } }), reward('far', lacking(80)), reward('near', lacking(5)), reward('first'),
    reward('welcome', { available: false, why: { code: 'welcome-only', remedy: '' } }), reward('second'),
  ]);
  expect(shelf.map(one => one.reward)).toEqual(['first', 'second', 'near', 'far', 'tier']);
  expect(rewardGoals(shelf)).toEqual([
    { kind: 'reward', id: 'near', name: text('near'), part: 0.95, left: 5 }, { kind: 'reward', id: 'far', name: text('far'), part: 0.2, left: 80 },
  ]);
});

test('a payment goes as far as the balance and the reward allow', () => {
  expect(stepsAllowed({ stepsMax: 10, points: 100 }, 350)).toBe(3);
  expect(stepsAllowed({ stepsMax: 2, points: 100 }, 350)).toBe(2);
  expect(stepsAllowed({ stepsMax: 10, points: 100 }, 50)).toBe(1);
  expect(stepsAllowed({ stepsMax: 3, points: 0 }, 0)).toBe(3);
});

test('a seat that is taken can be waited for, and nothing else', () => {
  const soldOut = { code: 'sold-out', remedy: '' };
  expect(canWait({ kind: 'workshop', why: soldOut })).toBe(true);
  expect(canWait({ kind: 'product', why: soldOut })).toBe(false);
  expect(canWait({ kind: 'workshop', why: { code: 'tier-needed', remedy: '' } })).toBe(false);
  expect([reward('a', { kind: 'donation' }), reward('b', { kind: 'product' })].map(isAtOnce)).toEqual([true, false]);
});

test('terms leave out the name above them, and the number of goods', () => {
  expect(termsOf(reward('x', { name: text('Bon'), text: text('Bon\u00A0: 5 £ de remise.') }), 'fr')).toBe('5 £ de remise.');
  expect(termsOf(reward('x', { kind: 'product', name: text('Mug'), text: text('Mug: one product 21212 for 1,300 points, at most 2 per member.') }), 'en')).toBe('At most 2 per member.');
  expect(termsOf(reward('x', { kind: 'product', name: text('Mug'), text: text('Mug: one product 21212 for 300 points.') }), 'en')).toBe('');
});

test('a voucher offers what its state allows, what ends soonest first', () => {
  expect(stepsOf('held')).toEqual({ confirm: true, cancel: true, voucher: true });
  expect(stepsOf('ready')).toEqual({ confirm: false, cancel: false, voucher: true });
  expect(stepsOf('booked')).toEqual({ confirm: false, cancel: true, voucher: false });
  const one = (id: string, state: Redemption['state']): Redemption =>
    ({ id, state, reward: 'x', kind: 'percent', name: text('x'), money: 0, steps: 1, points: 1, until: null, validThrough: null, place: null, cause: null, voucher: null });
  expect(vouchersInOrder([one('a', 'waiting'), one('b', 'ready'), one('c', 'held'), one('d', 'used'), one('e', 'ready')]).map(each => each.id)).toEqual(['c', 'b', 'e', 'a']);
});

test('a refusal is said in the reader\'s language where it is known', () => {
  expect(refusalWords('sold-out', 'None is left.', 'nl')).toEqual({ text: 'Voorlopig op.', lang: 'nl' });
  expect(refusalWords('brand-new', 'Do it.', 'fr')).toEqual({ text: 'Do it.', lang: 'en' });
  const codes = (language: (typeof languages)[number]) => Object.keys(wordsIn(language).rewards.refusals).sort();
  for (const language of languages) expect(codes(language)).toEqual(codes('en'));
});

test('each command has an id of its own', () => {
  expect(newId()).toMatch(/^[0-9a-f]{32}$/);
  expect(newId()).not.toBe(newId());
});
