import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Text } from '../live/challenge';
import { fetchEntryWhy, fetchStandingWhy, type EntryWhy, type StandingWhy } from '../live/why';
import { Answered } from '../live/server';
import { wordsIn, type Language } from '../words/language';

interface StandingProps {
  /** `streaks/{id}` or `badges/{id}` */
  of: string;
  /** Named to who cannot see beside what the question stands. */
  name: Text;
  how: Text;
  token: string;
  language: Language;
  /** What can be done about it. */
  children?: (why: StandingWhy) => ComponentChildren;
}

/** What it takes, and why it stands as it does. */
export function StandingReasons({ of, name, how, token, language, children }: StandingProps) {
  return (
    <Reasons<StandingWhy> ask={wordsIn(language).me.why} about={name[language]} fetch={() => fetchStandingWhy(of, token)} language={language}>
      {why => <>{[how, ...why.says].map(one => <p key={one.fr}>{one[language]}</p>)}{children?.(why)}</>}
    </Reasons>
  );
}

/** "Pourquoi ces points ?": the sentence of each rule that counted, then those that did not and what was not so. */
export function EntryReasons({ version, about, token, language }: { version: number; about: string; token: string; language: Language }) {
  const words = wordsIn(language).me;
  return (
    <Reasons<EntryWhy> ask={words.whyPoints} about={about} fetch={() => fetchEntryWhy(version, token)} language={language}>
      {why => (
        <>
          {why.note !== null && <p>{why.note[language]}</p>}
          {why.applied.length > 0 && <ul>{why.applied.map(rule => <li key={rule.rule}>{rule.text[language]}</li>)}</ul>}
          {why.missed.length > 0 && (
            <details class="missed">
              <summary>{words.missed}</summary>
              {!why.exact && <p>{words.today}</p>}
              <ul>{why.missed.map(rule => <li key={rule.rule}>{rule.text[language]} <b>{rule.because[language]}</b></li>)}</ul>
            </details>
          )}
          {why.note === null && why.applied.length === 0 && why.missed.length === 0 && <p>{words.whyNone}</p>}
        </>
      )}
    </Reasons>
  );
}

interface Props<T> {
  ask: string;
  about: string;
  fetch: () => Promise<T>;
  language: Language;
  children: (why: T) => ComponentChildren;
}

/** A question that is asked when somebody opens it, and anew each time: the answer may have changed. */
function Reasons<T>({ ask, about, fetch, language, children }: Props<T>) {
  const words = wordsIn(language).me;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  function toggle(): void {
    setOpen(!open);
    if (open) return;
    setTrouble(null);
    fetch().then(setWhy, (error: unknown) => {
      setTrouble(error instanceof Answered && error.status < 500 ? words.whyNone : words.trouble);
    });
  }

  return (
    <div class="reasons">
      <button type="button" class="ask" aria-expanded={open} aria-controls={id} onClick={toggle}>{ask}<span class="unseen"> {about}</span></button>
      <div id={id} class="reasons-said" aria-live="polite" hidden={!open}>
        {trouble !== null ? <p>{trouble}</p> : why === null ? <p>{words.loading}</p> : children(why)}
      </div>
    </div>
  );
}
