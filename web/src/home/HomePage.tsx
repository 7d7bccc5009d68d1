import '../style/pages.css';
import { useEffect, useState } from 'preact/hooks';
import { addressOf, parseView } from '../board/view';
import { periods } from '../live/topic';
import { currentToken } from '../live/token';
import { wordsIn, type Language } from '../words/language';
import { PageFrame, usePageLanguage } from './PageFrame';
import { ReceiptByHand } from './ReceiptByHand';
import { TokenForm } from './TokenForm';

export function HomePage() {
  const [language, setLanguage] = usePageLanguage(new URLSearchParams(location.search).get('lang'));
  const [token, setToken] = useState(currentToken);
  const words = wordsIn(language);
  useEffect(() => {
    document.title = words.standings;
  }, [language]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <h1>{words.homeTitle}</h1>
      <div class="home">
        <div>
          <p class="lead">{words.homeText.join(' ')}</p>
          {token === null && <p>{words.noTokenText}</p>}
          {token === null ? <TokenForm language={language} onToken={setToken} /> : <Boards language={language} />}
        </div>
        <ReceiptByHand language={language} />
      </div>
    </PageFrame>
  );
}

function Boards({ language }: { language: Language }) {
  const words = wordsIn(language);
  const view = { ...parseView(''), lang: language };
  return (
    <nav aria-labelledby="boards">
      <h2 id="boards">{words.boards}</h2>
      <ul class="stubs" role="list">
        {periods.filter(period => period !== 'season').map((period, index) => (
          <li key={period}>
            <a class="stub" href={addressOf({ ...view, period })}><i aria-hidden="true">{index + 1}</i>{words.boardOf[period]}</a>
          </li>
        ))}
      </ul>
      <p class="more"><a href={addressOf({ ...view, kiosk: true })}>{words.kioskLink}</a></p>
      <p class="more"><a href="/me">{words.me.title}</a></p>
      <p class="more"><a href="/challenges">{words.challenges.title}</a></p>
      <p class="more"><a href="/impact">{words.impact.title}</a></p>
      <p class="more"><a href="/screen">{words.screenLink}</a></p>
    </nav>
  );
}
