import { useRef, useState } from 'preact/hooks';
import { askOfStreak, type Streak, type StreakCommand } from '../live/recognition';
import { newId } from '../live/newId';
import { localeOf, wordsIn, type Language } from '../words/language';
import { StandingReasons } from './Reasons';

interface Props {
  streaks: readonly Streak[];
  token: string;
  language: Language;
  onChanged: () => void;
}

/** Runs of weeks or days. One that its member wants silent says nothing of itself, and waits below to be heard again. */
export function Streaks({ streaks, token, language, onChanged }: Props) {
  const words = wordsIn(language).me;
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(false);
  // The same command until it is answered.
  const asked = useRef({ id: '', as: '' });
  const silent = streaks.filter(streak => streak.silent);
  if (streaks.length === 0) return null;

  async function ask(command: StreakCommand): Promise<void> {
    const as = JSON.stringify(command);
    if (asked.current.as !== as) asked.current = { id: newId(), as };
    setBusy(true);
    setTrouble(false);
    try {
      await askOfStreak(asked.current.id, command, token);
      asked.current = { id: '', as: '' };
    } catch {
      setTrouble(true);
    } finally {
      setBusy(false);
      onChanged();
    }
  }

  return (
    <section class="streaks" aria-labelledby="streaks">
      <h2 id="streaks">{words.streaks}</h2>
      <ul role="list">
        {streaks.filter(streak => !streak.silent).map(streak => <StreakSlip key={streak.id} streak={streak} token={token} language={language} isBusy={isBusy} onAsk={command => void ask(command)} />)}
      </ul>
      {silent.map(streak => (
        <p key={streak.id} class="streak-silent">
          <button type="button" class="ask" disabled={isBusy} onClick={() => void ask({ kind: 'silence-streak', streak: streak.id, silent: false })}>{words.hearOf(streak.name[language])}</button>
        </p>
      ))}
      <p class="wrong" role="alert">{trouble ? words.refused : ''}</p>
    </section>
  );
}

interface SlipProps {
  streak: Streak;
  token: string;
  language: Language;
  isBusy: boolean;
  onAsk: (command: StreakCommand) => void;
}

function StreakSlip({ streak, token, language, isBusy, onAsk }: SlipProps) {
  const words = wordsIn(language).me;
  const amount = (count: number) => count.toLocaleString(localeOf(language));
  return (
    <li class="slip streak">
      <p class="slip-stub"><b>{amount(streak.current)}</b><span>{words.periods[streak.per](streak.current)}</span></p>
      <div class="slip-body">
        <h3 class="slip-name">{streak.name[language]}</h3>
        {streak.says !== null && <p>{streak.says[language]}</p>}
        {streak.done && <p class="streak-done">{words.counted[streak.per]}</p>}
        {streak.freezes > 0 && <p>{words.freezes(streak.freezes)}. <span class="quiet">{words.freezesNote}</span></p>}
        {streak.best > streak.current && <p class="quiet">{words.best(`${amount(streak.best)}\u00A0${words.periods[streak.per](streak.best)}`)}</p>}
        <StandingReasons of={`streaks/${encodeURIComponent(streak.id)}`} name={streak.name} how={streak.how} token={token} language={language}>
          {({ broken }) => (
            <div class="take-more">
              {broken?.repairBy != null && ask(words.repair, { kind: 'repair-streak', streak: streak.id, date: broken.missed })}
              {ask(words.silence, { kind: 'silence-streak', streak: streak.id, silent: true })}
            </div>
          )}
        </StandingReasons>
      </div>
    </li>
  );

  function ask(text: string, command: StreakCommand) {
    return <button type="button" class="own-switch" disabled={isBusy} onClick={() => onAsk(command)}>{text}</button>;
  }
}
