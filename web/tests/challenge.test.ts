import { expect, test } from 'vitest';
import { amountIn, giftWords, groupScore, newVersion, nextMilestone, placeOnTrack, reachedPart, sectionOf, sentences } from '../src/challenge/progress';
import { parseChallengeView } from '../src/challenge/view';
import { controlOf, documentOf, freeId, plusDays, remedyOf } from '../src/desk/launching';
import type { Challenge, Own } from '../src/live/challenge';
import type { Template } from '../src/live/desk';
import { languages, wordsIn } from '../src/words/language';

const own: Own = { joined: true, team: null, hidden: false, score: 5, complete: false, left: null, rank: null };

function challenge(change: Partial<Challenge>): Challenge {
  return {
    challenge: 'c', run: 1, name: { fr: 'Le défi', nl: 'De uitdaging', en: 'The challenge' }, words: { fr: '', nl: '', en: '' }, kind: 'individual', optIn: true, target: 7, unit: 'days',
    average: false, teams: [], prizes: { completion: null, completionMax: null, ranks: [], milestones: [] }, opens: null, closes: null, graceEnds: null, versions: [], reason: null, own,
    phase: 'live', paused: false, nextAt: null, participants: 0, total: 0, milestones: [], groups: [], revealed: [], revealsAt: null, certificate: null, prizesReceived: 0, ...change,
  };
}

test('a challenge stands where its member looks for it', () => {
  expect(sectionOf(challenge({}))).toBe('mine');
  expect(sectionOf(challenge({ own: { ...own, joined: false } }))).toBe('join');
  expect(sectionOf(challenge({ own: { ...own, joined: false }, optIn: false }))).toBe('mine');
  expect(sectionOf(challenge({ phase: 'scheduled' }))).toBe('soon');
  expect(sectionOf(challenge({ phase: 'scheduled', own: { ...own, joined: false } }))).toBe('join');
  expect(sectionOf(challenge({ phase: 'grace', own: { ...own, joined: false } }))).toBe('over');
  expect(sectionOf(challenge({ own: null }))).toBe('mine');
});

test('progress lies between nothing and all', () => {
  expect(reachedPart(5, 10)).toBe(0.5);
  expect(reachedPart(12, 10)).toBe(1);
  expect(reachedPart(-1, 10)).toBe(0);
});

test('milestones are steps of equal length on the track', () => {
  const at = [1_000, 5_000, 10_000];
  expect(placeOnTrack(0, at)).toBe(0);
  expect(placeOnTrack(500, at)).toBeCloseTo(1 / 6);
  expect(placeOnTrack(1_000, at)).toBeCloseTo(1 / 3);
  expect(placeOnTrack(3_000, at)).toBeCloseTo(1 / 2);
  expect(placeOnTrack(99_999, at)).toBe(1);
  expect(nextMilestone({ milestones: [{ at: 1, reached: true, unlocked: false }, { at: 9, reached: false, unlocked: false }] })?.at).toBe(9);
  expect(nextMilestone({ milestones: [] })).toBeNull();
});

test('a version is new when another was shown before', () => {
  const first = { version: 1, since: '', reason: null };
  const second = { version: 2, since: '', reason: { fr: 'Budget', nl: 'Budget', en: 'Budget' } };
  expect(newVersion({ versions: [first] })).toBeNull();
  expect(newVersion({ versions: [first, second] })).toBe(second);
});

test('amounts follow the unit, the currency and the language', () => {
  expect(amountIn('items', 'EUR', 'nl')(12_345)).toBe('12.345');
  expect(amountIn('spend', 'EUR', 'en')(12_345)).toBe('€123');
  const group = { id: 's1', name: { fr: '', nl: '', en: '' }, rank: 1, score: 4_250 };
  expect(groupScore(group, { unit: 'deeds', average: true }, 'EUR', 'fr')).toBe('4,3');
  expect(groupScore(group, { unit: 'deeds', average: false }, 'EUR', 'en')).toBe('4,250');
  expect(giftWords({ points: 200, reward: { fr: 'Panier', nl: 'Mand', en: 'Basket' }, badge: null }, 'nl')).toBe('200\u00A0punten + Mand');
  expect(giftWords({ points: null, reward: null, badge: { fr: 'Voisin', nl: 'Buur', en: 'Neighbour' } }, 'en')).toBe('the badge “Neighbour”');
});

test('sentences come one by one, without the name that heads the page', () => {
  const name = { fr: 'Défi (été)', nl: '', en: '' };
  const words = { fr: 'Défi (été)\u00A0: un achat, du 1 au 7. Vous participez automatiquement. Objectif atteint\u00A0: 2.5 points.', nl: '', en: '' };
  expect(sentences(words, name, 'fr')).toEqual(['Un achat, du 1 au 7.', 'Vous participez automatiquement.', 'Objectif atteint\u00A0: 2.5 points.']);
});

test('an address names a challenge or none', () => {
  expect(parseChallengeView('?id=zero-gaspillage&run=2&kiosk=1&lang=nl')).toMatchObject({ id: 'zero-gaspillage', run: 2, kiosk: true, lang: 'nl' });
  expect(parseChallengeView('?id=zero-gaspillage&run=x')?.run).toBeNull();
  expect(parseChallengeView('?id=../secrets')).toBeNull();
  expect(parseChallengeView('')).toBeNull();
});

const template: Template = {
  id: 't', name: { fr: '', nl: '', en: '' }, words: { fr: '', nl: '', en: '' }, days: 14, needsStores: true,
  challenge: { id: 't', window: { from: '2026-12-01', until: '2026-12-15' }, by: { kind: 'stores', stores: ['s1', 's2'] } },
};

test('a template launched again beside itself has a name of its own', () => {
  expect(freeId('look', [])).toBe('look');
  expect(freeId('look', ['look', 'look-2', 'other'])).toBe('look-3');
  expect(freeId('a'.repeat(40), ['a'.repeat(40)])).toMatch(/^a{36}-2$/);
});

test('what is read before a launch is what launching makes of the template', () => {
  const document = documentOf(template, { template: 't', id: 'mine', from: '2027-02-26', days: 4, stores: ['BRU', 'ANR'] });
  expect(document).toEqual({ id: 'mine', window: { from: '2027-02-26', until: '2027-03-02' }, audience: { stores: ['BRU', 'ANR'] }, by: { kind: 'stores', stores: ['BRU', 'ANR'] } });
  expect(documentOf(template, { template: 't', id: 'mine', from: '', days: 4, stores: [] })).toBeNull();
  expect(plusDays('2027-02-26', Number.NaN)).toBeNull();
});

test('a problem is shown at its control, in the reader\'s language where it is known', () => {
  const at = (field: string) => controlOf({ field, code: '', remedy: '' });
  expect([at('/from'), at('/window/until'), at('/by/stores/1'), at('/id'), at('/goal/target'), at('')]).toEqual(['from', 'days', 'stores', 'id', 'whole', 'whole']);
  expect(remedyOf({ field: '/from', code: 'in-the-past', remedy: 'Give a date that is still to come.' }, 'fr')).toEqual({ text: 'Choisissez une date à venir.', lang: 'fr' });
  expect(remedyOf({ field: '', code: 'new-one', remedy: 'Do it.' }, 'nl')).toEqual({ text: 'Do it.', lang: 'en' });
});

test('French and Dutch translate the same problems', () => {
  const codes = (language: 'fr' | 'nl') => Object.keys(wordsIn(language).desk.remedies).sort();
  expect(codes('nl')).toEqual(codes('fr'));
  for (const language of languages) expect(wordsIn(language).challenges.join.length).toBeGreaterThan(3);
});
