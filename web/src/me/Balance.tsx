import { starOf } from '../board/star';
import { addressOf, parseView } from '../board/view';
import { emWide } from '../challenge/progress';
import type { WeekRank } from '../live/liveMember';
import { CountUp } from '../motion/CountUp';
import { dateWords, dayWords } from '../words/instants';
import { localeOf, wordsIn, type Language } from '../words/language';
import { points, type Account } from './useMember';

interface Props {
  account: Account;
  week: WeekRank | null;
  /** The programme's: dates are by it. */
  timeZone: string;
  language: Language;
}

/** The number that everybody looks for, then what waits, what is set aside, and until when it is good. */
export function Balance({ account, week, timeZone, language }: Props) {
  const words = wordsIn(language);
  const amount = (count: number) => count.toLocaleString(localeOf(language));
  const { member, arrivals } = account;
  const purse = member.purses.find(one => one.unit === points);
  const first = arrivals.find(arrival => arrival.at !== null);
  const isNew = member.receipts === 0;
  return (
    <section id="balance" class="balance" aria-labelledby="balance-title">
      <h1 id="balance-title">
        <svg viewBox="0 0 32 32" aria-hidden="true"><path d={starOf(member.member).path} /></svg>
        <span><span class="unseen">{words.me.balance}, </span>{member.name}</span>
      </h1>
      <p class="balance-count" aria-live="polite" style={{ '--wide': emWide(amount(member.balance)) }}>
        <b><CountUp value={member.balance} format={amount} /></b>{' '}
        <span>{words.me.toSpend(member.balance)}</span>
      </p>
      {purse !== undefined && (
        <ul class="balance-facts" role="list">
          {purse.pending > 0 && (
            <li>
              {words.me.pending(amount(purse.pending))}
              {first?.at != null && `, ${arrivals.length === 1 ? dayFrom(first.at) : words.me.pendingFrom(amount(first.amount), dayWords(first.at, timeZone, language))}`}
            </li>
          )}
          {purse.held > 0 && <li>{words.me.held(amount(purse.held))}</li>}
          {purse.owed > 0 && <li>{words.me.owed(amount(purse.owed))}{purse.forgivenOn !== null && `, ${words.me.forgiven(dateWords(purse.forgivenOn, language))}`}</li>}
          {purse.nextExpiry !== null && <li>{words.me.expires(amount(purse.nextExpiry.amount), dateWords(purse.nextExpiry.on, language))}</li>}
        </ul>
      )}
      {isNew && <div class="welcome"><p><b>{words.me.welcome}</b></p><p>{words.me.welcomeText}</p></div>}
      {week?.rank != null && (
        <p class="balance-week">
          <a href={addressOf({ ...parseView(''), lang: language, period: 'week' })}>
            {words.me.week}{language === 'fr' ? '\u00A0: ' : ': '}{week.isVirtual ? words.ownWouldBe(week.rank) : words.ownIs(week.rank)}
          </a>
        </p>
      )}
    </section>
  );

  function dayFrom(at: string): string {
    return words.me.from(dayWords(at, timeZone, language));
  }
}
