import '../style/pages.css';
import '../style/challenge.css';
import '../style/desk.css';
import { useEffect, useState } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { PageFrame, usePageLanguage } from '../home/PageFrame';
import { WithToken } from '../home/WithToken';
import { fetchFactors, type Factor, type FactorsPart } from '../live/factors';
import { Answered } from '../live/server';
import { wordsIn, type Language } from '../words/language';
import { CorrectForm } from './CorrectForm';
import { newestOf } from './correcting';
import { DeskNav } from './DeskNav';
import { Restatements } from './Restatements';

/** `/desk/impact`: by which factors deeds are counted, where each comes from, and correcting one. */
export function FactorsPage() {
  const lang = new URLSearchParams(location.search).get('lang');
  return <WithToken lang={lang}>{(token, expire) => <Factors lang={lang} token={token} onExpired={expire} />}</WithToken>;
}

function Factors({ lang, token, onExpired }: { lang: string | null; token: string; onExpired: () => void }) {
  const [language, setLanguage] = usePageLanguage(lang);
  const words = wordsIn(language);
  const { timeZone } = useChoices(token);
  const [part, setPart] = useState<FactorsPart | null>(null);
  const [trouble, setTrouble] = useState<'forbidden' | 'lost' | null>(null);
  const [turn, setTurn] = useState(0);
  const [correcting, setCorrecting] = useState<Factor | null>(null);
  const [done, setDone] = useState(false);

  useEffect(() => {
    fetchFactors(token).then(found => {
      setPart(found);
      setTrouble(null);
    }, (error: unknown) => {
      if (error instanceof Answered && error.status === 401) onExpired();
      else setTrouble(error instanceof Answered && error.status === 403 ? 'forbidden' : 'lost');
    });
  }, [token, turn]);
  useEffect(() => {
    document.title = words.factors.title;
  }, [language]);

  const registry = part?.published ?? null;
  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <div class="desk">
        <DeskNav here="impact" language={language} />
        <h1>{words.factors.title}</h1>
        <p class="lead">{words.factors.lead}</p>
        {trouble !== null && <p class="wrong" role="alert">{trouble === 'forbidden' ? words.factors.forbidden : words.desk.trouble}</p>}
        {part === null && trouble === null && <p class="note" role="status">{words.challenges.loading}</p>}
        {part !== null && (registry === null || registry.factors.length === 0) && <p class="note">{words.factors.none}</p>}
        {part?.draft != null && <p class="cautions">{words.factors.draftThere}</p>}
        <p class="run-said" role="status">{done ? words.factors.done : ''}</p>
        {part !== null && registry !== null && (
          <ul class="factors" role="list">
            {newestOf(registry).map(factor => (
              <FactorCard key={factor.id} factor={factor} part={part} language={language} onCorrect={() => { setDone(false); setCorrecting(factor); }} />
            ))}
          </ul>
        )}
        <Restatements registry={registry} turn={turn} timeZone={timeZone} token={token} language={language} />
        {correcting !== null && registry !== null && (
          <CorrectForm
            registry={registry}
            factor={correcting}
            token={token}
            language={language}
            onNo={() => setCorrecting(null)}
            onDone={() => { setCorrecting(null); setDone(true); setTurn(count => count + 1); }}
          />
        )}
      </div>
    </PageFrame>
  );
}

interface CardProps {
  factor: Factor;
  part: FactorsPart;
  language: Language;
  onCorrect: () => void;
}

/** What the newest version says and where it comes from; the ones before it stay to be looked up. */
function FactorCard({ factor, part, language, onCorrect }: CardProps) {
  const words = wordsIn(language).factors;
  const all = part.published?.factors ?? [];
  const said = (one: Factor) => part.sentences.find(sentence => sentence.pointer === `/factors/${all.indexOf(one)}`)?.text[language];
  const before = all.filter(one => one.id === factor.id && one !== factor).sort((a, b) => b.version - a.version);
  return (
    <li class="run factor">
      <div class="run-what">
        <p>{said(factor)}</p>
        <p><a class="source-link" href={factor.source.url} rel="noreferrer">{words.source(factor.source.title)}</a></p>
        {before.length > 0 && (
          <details><summary>{words.before(before.length)}</summary><ul>{before.map(one => <li key={one.version}>{said(one)}</li>)}</ul></details>
        )}
      </div>
      <div class="run-acts"><button type="button" class="own-switch" disabled={part.draft != null} onClick={onCorrect}>{words.correct}</button></div>
    </li>
  );
}
