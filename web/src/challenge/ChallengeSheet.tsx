import '../style/pages.css';
import '../style/challenge.css';
import { useEffect } from 'preact/hooks';
import { LinkStatus } from '../board/LinkStatus';
import { useChoices } from '../board/choices';
import { PageFrame, usePageLanguage } from '../home/PageFrame';
import type { Challenge } from '../live/challenge';
import { wordsIn, type Language } from '../words/language';
import { dayWords } from '../words/instants';
import { OwnCard } from './OwnCard';
import { PrizeList } from './PrizeList';
import { newVersion, sentences } from './progress';
import { Groups, Participants, SharedTotal } from './Shared';
import { Settled } from './Settled';
import { TakePart } from './TakePart';
import { useChallenge } from './useChallenge';
import type { ChallengeView } from './view';

interface Props {
  view: ChallengeView;
  token: string;
  onExpired: () => void;
}

/** One challenge, for whoever takes part or may: what it is, where one stands, what there is to win. */
export function ChallengeSheet({ view, token, onExpired }: Props) {
  const [language, setLanguage] = usePageLanguage(view.lang);
  const words = wordsIn(language).challenges;
  const { currency, timeZone } = useChoices(token);
  const { challenge, time, link, refusal, heardAt, take } = useChallenge(view, token, onExpired);

  useEffect(() => {
    document.title = challenge === null ? words.title : challenge.name[language];
    document.documentElement.dataset['theme'] = view.theme;
  }, [challenge?.name, language]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <p class="back"><a href="/challenges">{words.all}</a></p>
      {refusal !== null && <Refusal unknown={refusal !== 'forbidden'} language={language} />}
      {refusal === null && challenge === null && <Waiting lost={link === 'lost'} language={language} />}
      {refusal === null && challenge !== null && (
        <div class="sheet-page">
          <div class="about">
            <h1>{challenge.name[language]}</h1>
            <Changed challenge={challenge} timeZone={timeZone} language={language} />
            <p class="lead">{sentences(challenge.words, challenge.name, language)[0]}</p>
          </div>
          <div class="standing">
            <OwnCard challenge={challenge} time={time} currency={currency} language={language} />
            {challenge.kind === 'collective' && <SharedTotal challenge={challenge} currency={currency} language={language} />}
            {(challenge.kind === 'teams' || challenge.kind === 'stores') && <Groups challenge={challenge} currency={currency} language={language} />}
            <Settled challenge={challenge} token={token} language={language} />
            <TakePart challenge={challenge} token={token} language={language} onAnswer={take} />
          </div>
          <div class="terms">
            <PrizeList challenge={challenge} currency={currency} language={language} />
            <Rules challenge={challenge} language={language} />
            {challenge.kind === 'individual' && <Participants challenge={challenge} language={language} />}
            <LinkStatus link={link} heardAt={heardAt} language={language} />
          </div>
        </div>
      )}
    </PageFrame>
  );
}

/** Participants are told when another version took the place of the one they joined, and why. */
function Changed({ challenge, timeZone, language }: { challenge: Challenge; timeZone: string; language: Language }) {
  const words = wordsIn(language).challenges;
  const version = newVersion(challenge);
  if (version === null) return null;
  return (
    <aside class="changed">
      <p><b>{words.changed(version.version)}</b> {dayWords(version.since, timeZone, language)}</p>
      <p>{version.reason?.[language]}</p>
      <p>{words.changedText}</p>
    </aside>
  );
}

function Rules({ challenge, language }: { challenge: Challenge; language: Language }) {
  const words = wordsIn(language).challenges;
  const [, ...rules] = sentences(challenge.words, challenge.name, language);
  return (
    <section class="rules" aria-labelledby="rules">
      {challenge.revealed.length > 0 && (
        <>
          <h2>{words.teaser}</h2>
          <ul class="teasers" role="list">{challenge.revealed.map(text => <li key={text.fr}>{text[language]}</li>)}</ul>
        </>
      )}
      <h2 id="rules">{words.rules}</h2>
      <ul>{rules.map(rule => <li key={rule}>{rule}</li>)}</ul>
    </section>
  );
}

/** As tall as what follows, so that nothing jumps. */
function Waiting({ lost, language }: { lost: boolean; language: Language }) {
  const words = wordsIn(language).challenges;
  return (
    <div class="sheet-page waiting" aria-busy={!lost}>
      <p class="empty-title" role="status">{lost ? words.offline : words.loading}</p>
      <div class="slip blank-slip" aria-hidden="true" />
    </div>
  );
}

function Refusal({ unknown, language }: { unknown: boolean; language: Language }) {
  const words = wordsIn(language).challenges;
  return (
    <div class="refusal" role="alert">
      <h1>{unknown ? words.unknownTitle : words.forbiddenTitle}</h1>
      <p class="lead">{unknown ? words.unknownText : words.forbiddenText}</p>
      <p><a class="button" href="/challenges">{words.all}</a></p>
    </div>
  );
}
