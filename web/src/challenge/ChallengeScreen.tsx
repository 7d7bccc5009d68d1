import '../style/board.css';
import '../style/challenge.css';
import '../style/challenge-screen.css';
import { useEffect } from 'preact/hooks';
import { BrandStar } from '../board/Poster';
import { LinkStatus } from '../board/LinkStatus';
import { useChoices } from '../board/choices';
import type { Challenge } from '../live/challenge';
import type { BusinessTime } from '../live/serverClock';
import { CountUp } from '../motion/CountUp';
import { wordsIn, type Language } from '../words/language';
import { useLanguage } from '../words/useLanguage';
import { Countdown } from './Countdown';
import { amountIn, emWide, giftWords, nextMilestone, sentences } from './progress';
import { Groups, Participants, Track } from './Shared';
import { useChallenge } from './useChallenge';
import type { ChallengeView } from './view';

interface Props {
  view: ChallengeView;
  token: string;
  onExpired: () => void;
}

/** A challenge on a wall: what it is and how long it lasts on the left, what everybody has come to on the right. */
export function ChallengeScreen({ view, token, onExpired }: Props) {
  const language = useLanguage(view.lang, view.rotate);
  const words = wordsIn(language).challenges;
  const { currency } = useChoices(token);
  const { challenge, time, link, refusal, heardAt } = useChallenge(view, token, onExpired);

  useEffect(() => {
    document.title = challenge === null ? words.title : challenge.name[language];
    document.documentElement.dataset['theme'] = view.theme;
  }, [challenge?.name, language]);

  return (
    <div class="board kiosk contest">
      <header class="poster">
        <span class="brand"><BrandStar /><span>{words.title}</span></span>
        {challenge !== null && (
          <>
            <h1 class="contest-name">{challenge.name[language]}</h1>
            <p class="contest-what">{sentences(challenge.words, challenge.name, language)[0]}</p>
          </>
        )}
        <div class="facts">
          {challenge !== null && challenge.phase === 'live' && (challenge.paused ? <p class="poster-state">{words.paused}</p> : <Countdown challenge={challenge} time={time} language={language} />)}
          {challenge !== null && challenge.phase !== 'live' && challenge.phase !== 'scheduled' && <p class="poster-state">{words.phase[challenge.phase]}</p>}
          {challenge !== null && challenge.phase !== 'scheduled' && challenge.kind === 'collective' && <Participants challenge={challenge} language={language} />}
          {refusal === null && <LinkStatus link={link} heardAt={heardAt} language={language} />}
        </div>
      </header>
      <main class="stage">
        {refusal !== null && (
          <div class="refusal" role="alert">
            <p class="empty-title">{refusal === 'forbidden' ? words.forbiddenTitle : words.unknownTitle}</p>
            <p class="empty-text">{refusal === 'forbidden' ? words.forbiddenText : words.unknownText}</p>
          </div>
        )}
        {refusal === null && challenge !== null && <Stage challenge={challenge} time={time} currency={currency} language={language} />}
      </main>
    </div>
  );
}

interface StageProps {
  challenge: Challenge;
  time: BusinessTime;
  currency: string;
  language: Language;
}

function Stage(props: StageProps) {
  const { challenge } = props;
  if (challenge.phase === 'scheduled') return <Teasing {...props} />;
  if (challenge.kind === 'teams' || challenge.kind === 'stores') return <Groups {...props} most={6} />;
  return <Sum {...props} />;
}

/** Before it starts: the moment that everybody waits for, and what is out already. */
function Teasing({ challenge, time, language }: StageProps) {
  return (
    <section class="wall teasing">
      <Countdown challenge={challenge} time={time} language={language} />
      <ul class="teasers" role="list">{challenge.revealed.map(text => <li key={text.fr}>{text[language]}</li>)}</ul>
    </section>
  );
}

/** One number for the whole shop, as large as the wall. */
function Sum({ challenge, currency, language }: StageProps) {
  const words = wordsIn(language).challenges;
  const together = challenge.kind === 'collective';
  const amount = amountIn(together ? challenge.unit : 'deeds', currency, language);
  const value = together ? challenge.total : challenge.participants;
  const next = together ? nextMilestone(challenge) : null;
  const unit = together ? words.unit[challenge.unit](value) : words.participants(value, '').trim();
  const kicker = !together ? '' : challenge.phase === 'live' ? words.together : words.finalTotal;
  const nobody = !together && value === 0 && challenge.phase === 'live';
  const { completion } = challenge.prizes;
  return (
    <section class="wall sum">
      {kicker !== '' && <p class="sum-kicker">{kicker}</p>}
      {nobody
        ? <p class="sum-nobody">{words.nobodyYet}</p>
        : <p class="sum-total" style={{ '--wide': emWide(amount(value)) }}><CountUp value={value} format={amount} /></p>}
      {!nobody && unit !== '' && <p class="sum-unit">{unit}</p>}
      {next !== null && <p class="sum-next">{next.reached ? words.allReached : words.next(amount(next.at - challenge.total))}</p>}
      {together && <Track challenge={challenge} currency={currency} language={language} />}
      {!together && completion !== null && <p class="sum-next">{words.goalReached(null)} · <b>{giftWords(completion, language)}</b></p>}
    </section>
  );
}
