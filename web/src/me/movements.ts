import type { Entry } from '../live/member';
import type { Named } from '../live/server';
import { localeOf, wordsIn, type Language } from '../words/language';

/** What a member was given is two entries, its promise and its coming: one line says both. */
function isShown(entry: Entry): boolean {
  if (entry.type === 'entitlement.held') return entry.postings.length > 0;
  return entry.points !== 0 || entry.postings.length > 0 || entry.receipt !== null || entry.activity !== null || entry.reward !== null || entry.recognised.length > 0;
}

/** Newest first. */
export function shownEntries(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(isShown);
}

/**
 * What was read of the history before, with the newest page on top. When so much came at once that they do not meet, only the newest page
 * is known: what lies between is read again.
 */
export function withNewest(known: readonly Entry[], newest: readonly Entry[]): readonly Entry[] {
  const oldest = newest.at(-1)?.version ?? 0;
  const meets = known.some(entry => entry.version >= oldest);
  return meets ? joined(newest, known) : newest;
}

/** Each entry once, newest first. */
export function joined(...pages: readonly (readonly Entry[])[]): readonly Entry[] {
  const byVersion = new Map<number, Entry>();
  for (const entry of pages.flat()) if (!byVersion.has(entry.version)) byVersion.set(entry.version, entry);
  return [...byVersion.values()].sort((a, b) => b.version - a.version);
}

/** "Achat, Bruxelles" */
export function titleOf(entry: Entry, scopes: readonly Named[], language: Language): string {
  const words = wordsIn(language).me;
  if (entry.receipt !== null && entry.receiptType !== null) return words[entry.receiptType](storeName(entry.receipt, scopes, language));
  if (entry.reward !== null) return entry.reward.text[language];
  const said = (entry.activity?.type == null ? undefined : words.activity[entry.activity.type]) ?? words.entry[entry.type];
  return said ?? entry.postings[0]?.text[language] ?? words.other;
}

function storeName(receipt: string, scopes: readonly Named[], language: Language): string {
  const store = receipt.slice(0, receipt.indexOf('/'));
  return scopes.find(scope => scope.id === `store:${store}`)?.name?.[language] ?? store;
}

/** What time did meanwhile: an entry about a reward says itself what it set aside, took or gave back. */
const byTime: readonly string[] = ['activated', 'expired'];

/** What else its postings did beside earning: "Devenus disponibles : 326". Each kind once. */
export function alsoDone(entry: Entry, unit: string, language: Language): readonly string[] {
  const sums = new Map<string, { text: string; amount: number }>();
  for (const posting of entry.postings) {
    if (posting.unit !== unit || posting.kind === 'earned' || (entry.reward !== null && !byTime.includes(posting.kind))) continue;
    const before = sums.get(posting.kind)?.amount ?? 0;
    sums.set(posting.kind, { text: posting.text[language], amount: before + posting.amount });
  }

  const colon = language === 'fr' ? '\u00A0: ' : ': ';
  return [...sums.values()].map(({ text, amount }) => `${text}${colon}${Math.abs(amount).toLocaleString(localeOf(language))}`);
}

/** "+32" or "−32": a sign on both, with the minus that is as wide as a plus. */
export function signed(points: number, language: Language): string {
  const shown = Math.abs(points).toLocaleString(localeOf(language));
  return points === 0 ? shown : `${points > 0 ? '+' : '\u2212'}${shown}`;
}

/** When it happened; what only the books know of, when they took it. */
export function instantOf({ occurredAt, recordedAt }: Pick<Entry, 'occurredAt' | 'recordedAt'>): string {
  return occurredAt ?? recordedAt;
}
