import type { ComponentChildren } from 'preact';
import { localeOf, wordsIn, type Language } from '../words/language';
import { businessMoment, windowLine, windowWords } from '../words/when';
import { LinkStatus } from './LinkStatus';
import type { LiveBoard } from './useBoard';

interface Props {
  live: LiveBoard;
  scopeName: string;
  /** The current season's name; empty for other periods. */
  season: string;
  language: Language;
  children: ComponentChildren;
}

/** The side that says what is being looked at: where, when, how many, and whether it is fresh. */
export function Poster({ live, scopeName, season, language, children }: Props) {
  const words = wordsIn(language);
  const { board } = live;
  const window = board === null ? null : windowWords(board.window, language, season);
  const moment = board === null ? null : businessMoment(board.asOf, language);
  return (
    <header class="poster">
      <a class="brand" href="/">
        <BrandStar />
        <span>{words.standings}</span>
      </a>
      <h1 class="window">
        <span class="unseen">{words.standings}, {scopeName}, {board !== null && windowLine(board.window, language, season)}</span>
        <span class="scope-name" aria-hidden="true">{scopeName}</span>
        {window !== null && (
          <span class="when" aria-hidden="true">
            {window.kicker !== '' && <span class="kicker">{window.kicker}</span>}
            <span class="giant" style={{ '--letters': lettersWide(window.giant) }}>{window.giant}</span>
            {window.dates !== '' && <span class="dates">{window.dates}</span>}
          </span>
        )}
      </h1>
      {children}
      <div class="facts">
        {board !== null && (
          <p class="ranked">{words.ranked(board.size, board.size.toLocaleString(localeOf(language)))}</p>
        )}
        {moment !== null && board !== null && (
          <p class="moment"><time dateTime={board.asOf}><b>{moment.time}</b> {moment.date}</time></p>
        )}
        {live.refusal === null && <LinkStatus link={live.link} heardAt={live.heardAt} language={language} />}
      </div>
    </header>
  );
}

/** About how many letters wide a word is in this typeface; its figures are narrower than its letters. */
function lettersWide(giant: string): number {
  return Math.max(1.5, giant.length * (/^\d+$/.test(giant) ? 0.75 : 1));
}

export function BrandStar() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 1l3.7 9.6 10-2.6-6.9 7.8 6.9 8.4-10-2.8L16 31l-3.7-9.6-10 2.8 6.9-8.4L2.3 8l10 2.6z" />
    </svg>
  );
}
