import type { Lever } from '../desk/changing';
import type { Phase } from '../live/challenge';

/** What the marketer's desk says. */
export interface DeskWords {
  title: string;
  lead: string;
  step: { template: string; dates: string; stores: string; read: string };
  from: string;
  days: string;
  lastDay(date: string): string;
  id: string;
  idNote: string;
  allStores: string;
  someStores: string;
  needsStores: string;
  duration(days: number): string;
  previewWait: string;
  warnings: string;
  problems: string;
  whole: string;
  /** By the code of a problem; the server's own words are English. */
  remedies: Readonly<Record<string, string>>;
  /** By the code of a warning. */
  cautions: Readonly<Record<string, string>>;
  launch: string;
  draft: string;
  launching: string;
  launched(name: string): string;
  drafted(name: string): string;
  look: string;
  running: string;
  runningNone: string;
  over: string;
  change: string;
  changed: string;
  changeTitle: string;
  changeText: string;
  levers: Record<Lever, string>;
  narrows(version: number): string;
  save: string;
  saveVersion(version: number): string;
  schedule: string;
  pause: string;
  resume: string;
  resumeLonger: string;
  end: string;
  cancel: string;
  certificate: string;
  prizesReceived(count: number, shown: string): string;
  done: Partial<Record<string, string>>;
  endTitle: string;
  endText: string;
  cancelTitle: string;
  cancelText: string;
  reason: string;
  reasonNote: string;
  keep: string;
  phase: Record<Phase, string>;
  onScreen: string;
  trouble: string;
}
