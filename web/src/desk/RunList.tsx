import { useState } from 'preact/hooks';
import { Countdown } from '../challenge/Countdown';
import { challengeAddress } from '../challenge/view';
import type { Challenge } from '../live/challenge';
import { sendCommand, type Command } from '../live/desk';
import { Answered } from '../live/server';
import type { BusinessTime } from '../live/serverClock';
import { downloadSettlement } from '../live/settlement';
import { localeOf, wordsIn, type Language } from '../words/language';
import { ChangeForm } from './ChangeForm';
import { remedyOf } from './launching';
import { ReasonForm } from './ReasonForm';

interface Props {
  title: string;
  none: string;
  runs: readonly Challenge[] | null;
  time: BusinessTime;
  token: string;
  language: Language;
  onChanged: () => void;
}

export function RunList({ title, none, runs, ...more }: Props) {
  return (
    <section class="runs">
      <h2>{title}</h2>
      {runs !== null && runs.length === 0 && <p class="note">{none}</p>}
      <ul role="list">
        {(runs ?? []).map(run => <Run key={`${run.challenge}/${run.run}`} challenge={run} {...more} />)}
      </ul>
    </section>
  );
}

type RunProps = Omit<Props, 'title' | 'none' | 'runs'> & { challenge: Challenge };

function Run({ challenge, time, token, language, onChanged }: RunProps) {
  const words = wordsIn(language);
  const { desk } = words;
  const { phase, paused } = challenge;
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; lang: Language; wrong: boolean } | null>(null);
  const [asking, setAsking] = useState<'end' | 'cancel' | null>(null);
  const [changing, setChanging] = useState(false);

  async function act(what: () => Promise<unknown>, done: string): Promise<void> {
    setBusy(true);
    try {
      await what();
      setSaid({ text: done, lang: language, wrong: false });
      onChanged();
    } catch (error) {
      const [first] = error instanceof Answered ? error.errors : [];
      setSaid({ ...(first === undefined ? { text: desk.trouble, lang: language } : remedyOf(first, language)), wrong: true });
    } finally {
      setBusy(false);
    }
  }

  const command = (name: Command, more: object = {}) => void act(() => sendCommand(challenge.challenge, challenge.run, name, more, token), desk.done[name] ?? '');
  const { participants } = challenge;
  return (
    <li class="run" data-phase={phase}>
      <div class="run-what">
        <a class="run-name" href={challengeAddress(challenge.challenge, challenge.run)}>{challenge.name[language]}</a>
        <span class="run-state"><b>{paused ? words.challenges.paused : desk.phase[phase]}</b> {words.challenges.participants(participants, participants.toLocaleString(localeOf(language)))}{challenge.prizesReceived > 0 && ` · ${desk.prizesReceived(challenge.prizesReceived, challenge.prizesReceived.toLocaleString(localeOf(language)))}`}</span>
        <Countdown challenge={challenge} time={time} language={language} />
      </div>
      <div class="run-acts">
        {phase === 'draft' && <button type="button" class="own-switch" disabled={busy} onClick={() => command('schedule')}>{desk.schedule}</button>}
        {(phase === 'draft' || phase === 'scheduled' || phase === 'live') && <button type="button" class="own-switch" disabled={busy} onClick={() => setChanging(true)}>{desk.change}</button>}
        {phase === 'live' && !paused && <button type="button" class="own-switch" disabled={busy} onClick={() => command('pause')}>{desk.pause}</button>}
        {phase === 'live' && paused && <button type="button" class="own-switch" disabled={busy} onClick={() => command('resume', { extends: false })}>{desk.resume}</button>}
        {phase === 'live' && paused && <button type="button" class="own-switch" disabled={busy} onClick={() => command('resume', { extends: true })}>{desk.resumeLonger}</button>}
        {phase === 'live' && <button type="button" class="own-switch" disabled={busy} onClick={() => setAsking('end')}>{desk.end}</button>}
        {(phase === 'scheduled' || phase === 'live' || phase === 'grace') && <button type="button" class="own-switch" disabled={busy} onClick={() => setAsking('cancel')}>{desk.cancel}</button>}
        {phase !== 'draft' && <a class="own-switch" href={`${challengeAddress(challenge.challenge, challenge.run)}&kiosk=1`}>{desk.onScreen}</a>}
        {challenge.certificate !== null && <button type="button" class="own-switch" disabled={busy} onClick={() => void act(() => downloadSettlement(challenge.challenge, challenge.run, 'certificate', token), '')}>{desk.certificate}</button>}
      </div>
      <p class={said?.wrong ? 'run-said wrong' : 'run-said'} role="status" lang={said?.lang}>{said?.text}</p>
      {changing && (
        <ChangeForm
          challenge={challenge}
          token={token}
          language={language}
          onNo={() => setChanging(false)}
          onSaved={() => { setChanging(false); setSaid({ text: desk.changed, lang: language, wrong: false }); onChanged(); }}
        />
      )}
      {asking !== null && (
        <ReasonForm
          what={asking}
          name={challenge.name[language]}
          language={language}
          onNo={() => setAsking(null)}
          onYes={reason => { command(asking, { reason }); setAsking(null); }}
        />
      )}
    </li>
  );
}
