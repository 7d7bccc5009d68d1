import '../style/pages.css';
import { useEffect } from 'preact/hooks';
import { wordsIn } from '../words/language';
import { PageFrame, usePageLanguage } from './PageFrame';
import { TokenForm } from './TokenForm';

interface Props {
  expired: boolean;
  lang: string | null;
  onToken: (token: string) => void;
}

/** Nobody may look without a token: says where to find one and takes it. */
export function TokenPage({ expired, lang, onToken }: Props) {
  const [language, setLanguage] = usePageLanguage(lang);
  const words = wordsIn(language);
  const title = expired ? words.expiredTitle : words.noTokenTitle;
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <h1>{title}</h1>
      <p class="lead">{expired ? words.expiredText : words.noTokenText}</p>
      <TokenForm language={language} onToken={onToken} />
    </PageFrame>
  );
}
