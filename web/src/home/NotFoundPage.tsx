import '../style/pages.css';
import { wordsIn } from '../words/language';
import { PageFrame, usePageLanguage } from './PageFrame';

export function NotFoundPage() {
  const [language, setLanguage] = usePageLanguage(new URLSearchParams(location.search).get('lang'));
  const words = wordsIn(language);
  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <h1>{words.notFoundTitle}</h1>
      <p class="lead">{words.notFoundText}</p>
      <p><a class="button" href="/">{words.home}</a></p>
    </PageFrame>
  );
}
