import '../style/pages.css';
import '../style/challenge.css';
import { useEffect } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { PageFrame, usePageLanguage } from '../home/PageFrame';
import { WithToken } from '../home/WithToken';
import type { Challenge } from '../live/challenge';
import type { BusinessTime } from '../live/serverClock';
import { wordsIn, type Language } from '../words/language';
import { Countdown } from './Countdown';
import { amountIn, hasOwnGoal, reachedPart, sectionOf, type Section } from './progress';
import { Bar } from './Stamps';
import { useChallenges } from './useChallenges';
import { challengeAddress } from './view';

/** `/challenges`: what one takes part in, what one may join, what is over. */
export function ChallengesPage() {
  const lang = new URLSearchParams(location.search).get('lang');
  return <WithToken lang={lang}>{(token, expire) => <ChallengeList lang={lang} token={token} onExpired={expire} />}</WithToken>;
}

function ChallengeList({ lang, token, onExpired }: { lang: string | null; token: string; onExpired: () => void }) {
  const [language, setLanguage] = usePageLanguage(lang);
  const words = wordsIn(language).challenges;
  const { currency } = useChoices(token);
  const { open, over, time, trouble } = useChallenges(token, onExpired);
  const all = open === null ? [] : [...open, ...over];
  useEffect(() => {
    document.title = words.title;
  }, [language]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <div class="challenge-list">
        <h1>{words.title}</h1>
        <p class="list-state" role="status">{trouble === 'forbidden' ? words.forbiddenText : trouble === 'lost' ? words.offline : open === null ? words.loading : ''}</p>
        {open === null && trouble === null && <div class="slip blank-slip" aria-hidden="true" />}
        {open !== null && all.length === 0 && (
          <div class="blank"><div><p class="empty-title">{words.none}</p><p class="empty-text">{words.noneText}</p></div></div>
        )}
        {(['mine', 'join', 'soon', 'over'] as const).map(section => (
          <Slips key={section} section={section} challenges={all.filter(challenge => sectionOf(challenge) === section)} time={time} currency={currency} language={language} />
        ))}
      </div>
    </PageFrame>
  );
}

interface SlipsProps {
  section: Section;
  challenges: readonly Challenge[];
  time: BusinessTime;
  currency: string;
  language: Language;
}

function Slips({ section, challenges, time, currency, language }: SlipsProps) {
  const words = wordsIn(language).challenges;
  if (challenges.length === 0) return null;
  return (
    <section class="slips" aria-labelledby={section}>
      <h2 id={section}>{words.sections[section]}</h2>
      <ul role="list">
        {challenges.map(challenge => (
          <li key={`${challenge.challenge}/${challenge.run}`}>
            <Slip challenge={challenge} section={section} time={time} currency={currency} language={language} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Slip({ challenge, section, time, currency, language }: Omit<SlipsProps, 'challenges'> & { challenge: Challenge }) {
  const words = wordsIn(language).challenges;
  const { own, kind, target, unit } = challenge;
  const amount = amountIn(unit, currency, language);
  const alone = hasOwnGoal(challenge) && challenge.phase !== 'cancelled';
  const counts = own !== null && own.joined && (section === 'mine' || section === 'over');
  const done = own?.complete === true && alone;
  return (
    <a class={done ? 'slip complete' : 'slip'} href={challengeAddress(challenge.challenge, section === 'over' ? challenge.run : null)}>
      <span class="slip-stub" aria-hidden="true">{counts ? <><b>{amount(own.score)}</b>{alone && <i>/{amount(target)}</i>}</> : <b>{section === 'join' ? '+' : section === 'soon' ? '…' : '–'}</b>}</span>
      <span class="slip-body">
        <b class="slip-name">{challenge.name[language]}</b>
        {counts && alone && <span class="slip-left">{done ? words.complete : section === 'over' ? words.notComplete : own.left?.[language]}</span>}
        {!(counts && alone) && <span class="slip-left">{section === 'over' ? words.phase[challenge.phase] : words.kind[kind]}</span>}
        {counts && alone && section === 'mine' && <Bar part={reachedPart(own.score, target)} />}
        {section !== 'over' && (challenge.paused ? <span class="countdown">{words.paused}</span> : <Countdown challenge={challenge} time={time} language={language} />)}
      </span>
    </a>
  );
}
