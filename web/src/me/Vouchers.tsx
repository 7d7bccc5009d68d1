import { useEffect, useRef, useState } from 'preact/hooks';
import { step, type Redemption } from '../live/rewards';
import { Answered } from '../live/server';
import { dateWords, endWords } from '../words/instants';
import { localeOf, wordsIn, type Language } from '../words/language';
import { refusalWords, stepsOf, vouchersInOrder } from './shelf';
import { VoucherCode } from './VoucherCode';

interface Props {
  redemptions: readonly Redemption[];
  /** The one that was just redeemed: its code is shown at once. */
  fresh: string | null;
  timeZone: string;
  currency: string;
  token: string;
  language: Language;
  onChanged: () => void;
}

const firstShown = 4;

/** What is held, paid for, booked or waited for, with the code that a till reads. */
export function Vouchers({ redemptions, onChanged, ...rest }: Props) {
  const words = wordsIn(rest.language).rewards;
  const [all, setAll] = useState(false);
  const open = vouchersInOrder(redemptions);
  // What was just redeemed may stand further down.
  const shown = all ? open : open.filter((one, at) => at < firstShown || one.id === rest.fresh);
  useEndOf(open, onChanged);
  if (open.length === 0) return null;
  return (
    <section class="vouchers" aria-labelledby="vouchers">
      <h2 id="vouchers">{words.vouchers}</h2>
      <p class="quiet">{words.vouchersText}</p>
      <ul role="list">{shown.map(one => <Voucher key={one.id} {...rest} redemption={one} onChanged={onChanged} />)}</ul>
      {shown.length < open.length && <button type="button" class="own-switch" onClick={() => setAll(true)}>{words.allVouchers(open.length)}</button>}
    </section>
  );
}

function Voucher({ redemption, fresh, timeZone, currency, token, language, onChanged }: Omit<Props, 'redemptions'> & { redemption: Redemption }) {
  const words = wordsIn(language).rewards;
  const { id, state } = redemption;
  const [isOpen, setOpen] = useState(fresh === id);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ text: string; lang: Language } | null>(null);
  const can = stepsOf(state);
  const money = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
  const facts = [
    redemption.cause === null ? words.state[state] : words.given,
    redemption.steps > 1 ? `×\u00A0${redemption.steps}` : undefined,
    redemption.until === null ? undefined : words.until(endWords(redemption.until, timeZone, language)),
    redemption.validThrough === null ? undefined : words.validThrough(dateWords(redemption.validThrough, language)),
    redemption.place === null ? undefined : words.place(redemption.place),
    redemption.money > 0 ? words.andMoney(money.format(redemption.money)) : undefined,
  ].filter(fact => fact !== undefined);

  const slip = useRef<HTMLLIElement>(null);

  // Who has just redeemed wants to see it, and stands somewhere below.
  useEffect(() => {
    if (fresh !== id) return;
    setOpen(true);
    slip.current?.focus({ preventScroll: true });
    slip.current?.scrollIntoView({ block: 'start' });
  }, [fresh]);

  async function take(what: 'confirm' | 'cancel'): Promise<void> {
    setBusy(true);
    setTrouble(null);
    try {
      await step(id, what, token);
    } catch (error) {
      const refused = error instanceof Answered ? error.errors[0] : undefined;
      setTrouble(refused === undefined ? { text: words.trouble, lang: language } : refusalWords(refused.code, refused.remedy, language));
    } finally {
      setBusy(false);
      onChanged();
    }
  }

  return (
    <li ref={slip} tabIndex={-1} class="slip own-card voucher" data-state={state}>
      <h3 class="slip-name">{redemption.name[language]}</h3>
      <p>{facts.join(', ')}</p>
      {can.voucher && (
        <button type="button" class="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? words.hide : words.show}<span class="unseen"> {redemption.name[language]}</span></button>
      )}
      {can.voucher && isOpen && <VoucherCode key={state} id={id} token={token} language={language} />}
      {(can.confirm || can.cancel) && (
        <div class="take-more">
          {can.confirm && <button type="button" class="own-switch" disabled={isBusy} onClick={() => void take('confirm')}>{words.confirm[state]}</button>}
          {can.cancel && <button type="button" class="own-switch" disabled={isBusy} onClick={() => void take('cancel')}>{words.cancel[state]}</button>}
        </div>
      )}
      <p class="wrong" role="alert" lang={trouble?.lang}>{trouble?.text}</p>
    </li>
  );
}

/** What is set aside ends by itself, without a word from the account's topic when nobody looks: the page looks then. */
function useEndOf(open: readonly Redemption[], onChanged: () => void): void {
  const ends = open.map(one => (one.until === null ? Infinity : Date.parse(one.until))).filter(end => end > Date.now());
  const next = Math.min(...ends);
  useEffect(() => {
    // In a replay an end may be years away, and a browser's timers are not.
    if (next - Date.now() > 86_400_000) return;
    const timer = window.setTimeout(onChanged, next - Date.now() + 1_000);
    return () => window.clearTimeout(timer);
  }, [next]);
}
