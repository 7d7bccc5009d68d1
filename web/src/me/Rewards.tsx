import { useEffect, useRef, useState } from 'preact/hooks';
import { Bar } from '../challenge/Stamps';
import type { Redemption, Reward } from '../live/rewards';
import { localeOf, wordsIn, type Language } from '../words/language';
import { Redeem } from './Redeem';
import { canWait, refusalWords, shelfOf, termsOf } from './shelf';

interface Props {
  rewards: readonly Reward[];
  /** What can be spent now. */
  balance: number;
  currency: string;
  token: string;
  language: Language;
  onRedeemed: (redemption: Redemption) => void;
}

const firstShown = 6;

/** The catalogue as this member may have it: what can be had first, then what is nearest. */
export function Rewards(props: Props) {
  const words = wordsIn(props.language).rewards;
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const shelf = shelfOf(props.rewards);
  // One more would only be a button for itself.
  const shown = all || shelf.length <= firstShown + 1 ? shelf : shelf.slice(0, firstShown);
  return (
    <section aria-labelledby="rewards-title">
      <h2 id="rewards-title">{words.title}</h2>
      <ul role="list">
        {shown.map(reward => (
          <Offer key={reward.reward} {...props} reward={reward} isChosen={chosen === reward.reward} onChoose={isChosen => setChosen(isChosen ? reward.reward : null)} />
        ))}
      </ul>
      {shown.length < shelf.length && <button type="button" class="own-switch" onClick={() => setAll(true)}>{words.all(shelf.length)}</button>}
    </section>
  );
}

interface OfferProps extends Omit<Props, 'rewards'> {
  reward: Reward;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

function Offer({ reward, balance, currency, token, language, isChosen, onChoose, onRedeemed }: OfferProps) {
  const words = wordsIn(language).rewards;
  const amount = (count: number) => count.toLocaleString(localeOf(language));
  const money = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
  const choose = useRef<HTMLButtonElement>(null);
  const wasChosen = useRef(false);
  const waits = canWait(reward);
  const canBeHad = reward.available || waits;
  const why = reward.why === null ? null : refusalWords(reward.why.code, reward.why.remedy, language);
  const terms = termsOf(reward, language);

  // Who says no stands where it began.
  useEffect(() => {
    if (wasChosen.current && !isChosen) choose.current?.focus();
    wasChosen.current = isChosen;
  }, [isChosen]);

  return (
    <li class={reward.available ? 'slip offer' : 'slip offer beyond'}>
      <p class="slip-stub">{reward.points === 0 ? <span>{words.free}</span> : <><b>{amount(reward.points)}</b><span>{wordsIn(language).unit['points']?.(reward.points)}</span></>}</p>
      <div class="slip-body">
        <h3 class="slip-name">{reward.name[language]}</h3>
        {reward.money > 0 && <p>{words.andMoney(money.format(reward.money))}</p>}
        {terms !== '' && <p class="quiet">{terms}</p>}
        {reward.left !== null && reward.left > 0 && reward.left <= 50 && <p class="quiet">{words.remaining(reward.left, amount(reward.left))}</p>}
        {reward.missing > 0 && <p class="slip-left">{words.missing(reward.missing, amount(reward.missing))}</p>}
        {reward.missing > 0 && reward.missing < reward.points && <Bar part={(reward.points - reward.missing) / reward.points} />}
        {reward.missing === 0 && why !== null && <p class="slip-left" lang={why.lang}>{why.text}</p>}
        {canBeHad && !isChosen && (
          <button ref={choose} type="button" class="own-switch" onClick={() => onChoose(true)}>{waits ? words.waitFor : words.choose}<span class="unseen"> {reward.name[language]}</span></button>
        )}
        {canBeHad && isChosen && (
          <Redeem reward={reward} balance={balance} waits={waits} token={token} language={language} onClose={() => onChoose(false)} onRedeemed={one => { onChoose(false); onRedeemed(one); }} />
        )}
      </div>
    </li>
  );
}
