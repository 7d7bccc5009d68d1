import '@fontsource-variable/bricolage-grotesque/standard.css';
import './style/base.css';
import { render } from 'preact';
import { takeTokenFromAddress } from './live/token';

takeTokenFromAddress();

// A store screen needs none of the home page, and the other way round.
async function pageAt(path: string) {
  switch (path.replace(/\/+$/, '')) {
    case '': return (await import('./home/HomePage')).HomePage;
    case '/board': return (await import('./board/BoardPage')).BoardPage;
    case '/challenges': return (await import('./challenge/ChallengesPage')).ChallengesPage;
    case '/challenge': return (await import('./challenge/ChallengePage')).ChallengePage;
    case '/impact': return (await import('./impact/ImpactPage')).ImpactPage;
    case '/me': return (await import('./me/MePage')).MePage;
    case '/desk': return (await import('./desk/DeskPage')).DeskPage;
    case '/desk/impact': return (await import('./desk/FactorsPage')).FactorsPage;
    case '/screen': return (await import('./screen/ScreenPage')).ScreenPage;
    default: return (await import('./home/NotFoundPage')).NotFoundPage;
  }
}

const Page = await pageAt(location.pathname);
const root = document.getElementById('page');
if (root !== null) render(<Page />, root);
