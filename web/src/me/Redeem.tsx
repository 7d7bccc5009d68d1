import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { newId } from '../live/newId';
import { redeem, type Redemption, type Reward } from '../live/rewards';
import { Answered } from '../live/server';
import { localeOf, wordsIn, type Language } from '../words/language';
import { isAtOnce, refusalWords, stepsAllowed } from './shelf';

interface Props {
  reward: Reward;
  balance: number;
  /** All seats are taken: this asks for a place on the list. */
  waits: boolean;
  token: string;
  language: Language;
  onClose: () => void;
  onRedeemed: (redemption: Redemption) => void;
}

/** The last question before points are used: now, for later, or not at all. */
export function Redeem({ reward, balance, waits, token, language, onClose, onRedeemed }: Props) {
  const words = wordsIn(language).rewards;
  const [steps, setSteps] = useState(1);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ text: string; lang: Language } | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  // The same redemption until it is answered: whoever presses twice, or again after a break, redeems once.
  const asked = useRef({ id: newId(), as: '' });
  const id = useId();
  const most = stepsAllowed(reward, balance);
  const points = reward.points * steps;
  const price = points === 0 ? words.free : words.price(points, points.toLocaleString(localeOf(language)));

  useEffect(() => first.current?.focus(), []);

  async function ask(keep: boolean): Promise<void> {
    const as = `${steps} ${keep}`;
    if (asked.current.as !== '' && asked.current.as !== as) asked.current.id = newId();
    asked.current.as = as;
    setBusy(true);
    setTrouble(null);
    try {
      onRedeemed(await redeem({ id: asked.current.id, reward: reward.reward, steps, points, keep, wait: waits }, token));
    } catch (error) {
      const refused = error instanceof Answered && error.status < 500 ? error.errors[0] : undefined;
      if (refused !== undefined) asked.current = { id: newId(), as: '' };
      setTrouble(refused === undefined ? { text: words.trouble, lang: language } : refusalWords(refused.code, refused.remedy, language));
      setBusy(false);
    }
  }

  return (
    <div class="redeem" role="group" aria-label={reward.name[language]} onKeyDown={event => { if (event.key === 'Escape') onClose(); }}>
      {reward.stepsMax > 1 && (
        <label class="steps" htmlFor={id}>
          <span>{words.steps}</span>
          <select id={id} value={steps} onChange={event => setSteps(Number(event.currentTarget.value))}>
            {Array.from({ length: most }, (_, at) => <option key={at} value={at + 1}>{at + 1}</option>)}
          </select>
          <b>{price}</b>
        </label>
      )}
      {isAtOnce(reward) || waits ? (
        <>
          <p>{waits ? words.waitText : words.atOnceText}</p>
          <button ref={first} type="button" class="button" disabled={isBusy} onClick={() => void ask(false)}>{isBusy ? words.busy : waits ? words.waitFor : words.atOnce(price)}</button>
        </>
      ) : (
        <>
          <button ref={first} type="button" class="button" disabled={isBusy} onClick={() => void ask(false)}>{isBusy ? words.busy : words.now}</button>
          <p>{words.nowText}</p>
          <button type="button" class="own-switch" disabled={isBusy} onClick={() => void ask(true)}>{words.later}</button>
          <p>{words.laterText}</p>
        </>
      )}
      <button type="button" class="ask" disabled={isBusy} onClick={onClose}>{words.never}</button>
      <p class="wrong" role="alert" lang={trouble?.lang}>{trouble?.text}</p>
    </div>
  );
}
