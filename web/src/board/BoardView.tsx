import '../style/board.css';
import { useEffect, useState } from 'preact/hooks';
import { fetchStores, type Store } from '../live/server';
import { storeOf, type Scope } from '../live/topic';
import { rememberLanguage, wordsIn, type Language } from '../words/language';
import { useLanguage } from '../words/useLanguage';
import { windowLine } from '../words/when';
import { Controls, PhoneBar } from './Controls';
import { Notice } from './Notice';
import { Poster } from './Poster';
import { Standings } from './Standings';
import { useBoard } from './useBoard';
import type { View } from './view';

interface Props {
  view: View;
  token: string;
  onView: (view: View) => void;
  onExpired: () => void;
}

export function BoardView({ view, token, onView, onExpired }: Props) {
  const language = useLanguage(view.lang, view.rotate);
  const words = wordsIn(language);
  const stores = useStores(token);
  const live = useBoard(view, token, onExpired);
  const { board } = live;
  const scopeName = nameOf(view.scope, stores, language);

  useEffect(() => {
    const window = board === null ? words.standings : windowLine(board.window, language);
    document.title = `${window} · ${scopeName}`;
  }, [board?.window.id, scopeName, language]);

  useEffect(() => {
    document.documentElement.dataset['theme'] = view.theme;
  }, [view.theme]);

  function chooseLanguage(lang: Language): void {
    rememberLanguage(lang);
    onView({ ...view, lang });
  }

  const controls = { view, stores, language, onView, onLanguage: chooseLanguage };
  return (
    <div class={view.kiosk ? 'board kiosk' : 'board'}>
      <Poster live={live} scopeName={scopeName} language={language}>
        {!view.kiosk && <Controls {...controls} />}
      </Poster>
      <main class="stage">
        {live.refusal === null
          ? <Standings live={live} metric={view.metric} kiosk={view.kiosk} language={language} />
          : <Notice refusal={live.refusal} language={language} onView={() => onView({ ...view, scope: 'programme' })} />}
      </main>
      {!view.kiosk && <PhoneBar {...controls} scopeName={scopeName} />}
    </div>
  );
}

function nameOf(scope: Scope, stores: readonly Store[], language: Language): string {
  const id = storeOf(scope);
  if (id === null) return wordsIn(language).programme;
  return stores.find(store => store.id === id)?.name[language] ?? id;
}

function useStores(token: string): readonly Store[] {
  const [stores, setStores] = useState<readonly Store[]>([]);
  useEffect(() => {
    // Without the names the board still works: it shows the store's code.
    fetchStores(token).then(setStores, () => {});
  }, [token]);
  return stores;
}
