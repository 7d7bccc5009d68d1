import '../style/pages.css';
import '../style/challenge.css';
import '../style/desk.css';
import { useEffect, useState } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { useChallenges } from '../challenge/useChallenges';
import { PageFrame, usePageLanguage } from '../home/PageFrame';
import { WithToken } from '../home/WithToken';
import { fetchTemplates, type Template } from '../live/desk';
import { Answered } from '../live/server';
import { dateIn } from '../words/instants';
import { wordsIn } from '../words/language';
import { DeskNav } from './DeskNav';
import { LaunchForm } from './LaunchForm';
import { RunList } from './RunList';

/** `/desk`: where marketers launch challenges and look after those that run. */
export function DeskPage() {
  const lang = new URLSearchParams(location.search).get('lang');
  return <WithToken lang={lang}>{(token, expire) => <Desk lang={lang} token={token} onExpired={expire} />}</WithToken>;
}

function Desk({ lang, token, onExpired }: { lang: string | null; token: string; onExpired: () => void }) {
  const [language, setLanguage] = usePageLanguage(lang);
  const words = wordsIn(language);
  const [templates, setTemplates] = useState<readonly Template[] | null>(null);
  const [trouble, setTrouble] = useState<'forbidden' | 'lost' | null>(null);
  const [turn, setTurn] = useState(0);
  const { timeZone } = useChoices(token);
  const runs = useChallenges(token, onExpired, turn);

  // What failed is asked for again with the next answer of the list.
  useEffect(() => {
    if (templates !== null) return;
    fetchTemplates(token).then(found => {
      setTemplates(found);
      setTrouble(null);
    }, (error: unknown) => setTrouble(error instanceof Answered && error.status === 403 ? 'forbidden' : 'lost'));
  }, [token, runs.open]);
  useEffect(() => {
    document.title = words.desk.title;
  }, [language]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <div class="desk">
        <DeskNav here="challenges" language={language} />
        <h1>{words.desk.title}</h1>
        <p class="lead">{words.desk.lead}</p>
        {trouble !== null && <p class="wrong" role="alert">{trouble === 'forbidden' ? words.challenges.forbiddenText : words.desk.trouble}</p>}
        {trouble === null && runs.open === null && <p class="note" role="status">{runs.trouble === null ? words.challenges.loading : words.challenges.offline}</p>}
        {templates !== null && runs.open !== null && (
          <LaunchForm templates={templates} taken={runs.open.map(run => run.challenge)} today={dateIn(runs.time.heard, timeZone)} token={token} language={language} onLaunched={() => setTurn(count => count + 1)} />
        )}
        <RunList title={words.desk.running} none={words.desk.runningNone} runs={runs.open} time={runs.time} token={token} language={language} onChanged={() => setTurn(count => count + 1)} />
        {runs.over.length > 0 && <RunList title={words.desk.over} none="" runs={runs.over} time={runs.time} token={token} language={language} onChanged={() => setTurn(count => count + 1)} />}
      </div>
    </PageFrame>
  );
}
