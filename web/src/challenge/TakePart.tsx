import { useId, useRef, useState } from 'preact/hooks';
import { takePart, type AnsweredChallenge, type Challenge, type Part } from '../live/challenge';
import { Answered } from '../live/server';
import { wordsIn, type Language } from '../words/language';

interface Props {
  challenge: Challenge;
  token: string;
  language: Language;
  onAnswer: (answer: AnsweredChallenge) => void;
}

/** Joining under the thumb; once in, the ways to hide and to leave, which nobody hits by accident. */
export function TakePart({ challenge, token, language, onAnswer }: Props) {
  const words = wordsIn(language).challenges;
  const [team, setTeam] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const id = useId();
  const picker = useRef<HTMLSelectElement>(null);
  const { own, phase } = challenge;
  const open = phase === 'scheduled' || phase === 'live';
  if (!open || (!challenge.optIn && own !== null)) return null;
  if (own === null) return challenge.optIn ? <p class="take-note">{words.noMember}</p> : null;

  async function send(part: Part): Promise<void> {
    setBusy(true);
    setTrouble(null);
    try {
      onAnswer(await takePart(challenge.challenge, part, token));
    } catch (error) {
      setTrouble(error instanceof Answered && error.status < 500 ? words.refused : words.trouble);
    } finally {
      setBusy(false);
    }
  }

  function join(): void {
    if (challenge.teams.length === 0) return void send({ joined: true, hidden: false });
    if (team !== '') return void send({ joined: true, hidden: false, team });
    setTrouble(words.teamFirst);
    picker.current?.focus();
  }

  const inTeam = (part: { joined: boolean; hidden: boolean }): Part => (own.team === null ? part : { ...part, team: own.team });
  return (
    <div class={own.joined ? 'take joined' : 'take'}>
      {!own.joined && challenge.teams.length > 0 && (
        <div class="choice">
          <label class="legend" htmlFor={id}>{words.team}</label>
          <select ref={picker} id={id} value={team} aria-describedby={`${id}-wrong`} onChange={event => { setTeam(event.currentTarget.value); setTrouble(null); }}>
            <option value="">{words.chooseTeam}</option>
            {challenge.teams.map(one => <option key={one.id} value={one.id}>{one.name[language]}</option>)}
          </select>
        </div>
      )}
      {own.joined ? (
        <>
          <p class="in"><b>{words.joined}</b>{own.team !== null && <span>{challenge.teams.find(one => one.id === own.team)?.name[language]}</span>}</p>
          <div class="take-more">
            <button type="button" class="own-switch" disabled={busy} onClick={() => void send(inTeam({ joined: true, hidden: !own.hidden }))}>{own.hidden ? words.appear : words.hide}</button>
            <button type="button" class="own-switch" disabled={busy} onClick={() => void send({ joined: false, hidden: false })}>{words.leave}</button>
          </div>
          {own.hidden && <p class="take-note">{words.hiddenNote}</p>}
        </>
      ) : (
        <button type="button" class="button join" disabled={busy} onClick={join}>
          {busy ? words.joining : words.join}
        </button>
      )}
      <p id={`${id}-wrong`} class="take-note wrong" role="alert">{trouble}</p>
    </div>
  );
}
