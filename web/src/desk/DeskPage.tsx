import '../style/pages.css';
import '../style/challenge.css';
import '../style/desk.css';
import { useEffect, useState } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { useChallenges } from '../challenge/useChallenges';
import { PageFrame, usePageLanguage } from '../home/PageFrame';
import { TokenPage } from '../home/TokenPage';
import { fetchTemplates, type Template } from '../live/desk';
import { Answered } from '../live/server';
import { currentToken, forgetToken } from '../live/token';
import { dateIn } from '../words/instants';
import { wordsIn } from '../words/language';
import { LaunchForm } from './LaunchForm';
import { RunList } from './RunList';

/** `/desk`: where marketers launch challenges and look after those that run. */
export function DeskPage() {
  const lang = new URLSearchParams(location.search).get('lang');
  const [token, setToken] = useState(currentToken);
  const [expired, setExpired] = useState(false);

  function expire(): void {
    forgetToken();
    setExpired(true);
    setToken(null);
  }

  if (token === null) return <TokenPage expired={expired} lang={lang} onToken={setToken} />;
  return <Desk key={token} lang={lang} token={token} onExpired={expire} />;
}

function Desk({ lang, token, onExpired }: { lang: string | null; token: string; onExpired: () => void }) {
  const [language, setLanguage] = usePageLanguage(lang);
  const words = wordsIn(language);
  const [templates, setTemplates] = useState<readonly Template[] | null>(null);
  const [trouble, setTrouble] = useState<'forbidden' | 'lost' | null>(null);
  const [turn, setTurn] = useState(0);
  const { timeZone } = useChoices(token);
  const runs = useChallenges(token, onExpired, turn);

  useEffect(() => {
    fetchTemplates(token).then(setTemplates, error => setTrouble(error instanceof Answered && error.status === 403 ? 'forbidden' : 'lost'));
  }, [token]);
  useEffect(() => {
    document.title = words.desk.title;
  }, [language]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <div class="desk">
        <h1>{words.desk.title}</h1>
        <p class="lead">{words.desk.lead}</p>
        {trouble !== null && <p class="wrong" role="alert">{trouble === 'forbidden' ? words.challenges.forbiddenText : words.desk.trouble}</p>}
        {templates !== null && runs.open !== null && (
          <LaunchForm templates={templates} today={dateIn(runs.time.heard, timeZone)} token={token} language={language} onLaunched={() => setTurn(count => count + 1)} />
        )}
        <RunList title={words.desk.running} none={words.desk.runningNone} runs={runs.open} time={runs.time} token={token} language={language} onChanged={() => setTurn(count => count + 1)} />
        {runs.over.length > 0 && <RunList title={words.desk.over} none="" runs={runs.over} time={runs.time} token={token} language={language} onChanged={() => setTurn(count => count + 1)} />}
      </div>
    </PageFrame>
  );
}
