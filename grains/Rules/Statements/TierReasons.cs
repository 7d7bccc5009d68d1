using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rules.Recognition;
using Gamification.Rules.Tiers;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>Why a member has its tier, or none.</summary>
internal static class TierReasons
{
    /// <param name="account">The account.</param>
    /// <param name="book">Of a programme with tiers.</param>
    /// <param name="today">The day that it is asked on.</param>
    /// <param name="entries">The account's, with their versions, oldest first.</param>
    public static TierWhy Of(AccountState account, RecognitionBook book, DateOnly today, IEnumerable<(long Version, AccountEntry Entry)> entries)
    {
        var ladder = book.Rules.Tiers ?? throw new ArgumentException("The programme has no tiers.", nameof(book));
        var recorded = account.Recognition?.Tier ?? TierRulings.Enrol(ladder, today);
        var (standing, passed) = TierRulings.Settle(recorded, ladder, today);
        var (has, counted) = (TierRulings.Counted(standing, ladder, today), TierOutlook.Counted(standing, ladder, today));
        var (level, next) = (LevelAt(ladder, standing.Level - 1), LevelAt(ladder, standing.Level));
        var why = new TierWhy
        {
            Tier = level?.Id,
            Name = level?.Name,
            Turn = TurnOf(standing.Level, recorded, passed, ladder, entries),
            Spend = has.Spend,
            Engagement = has.Engagement,
            CountedFrom = counted.From,
            CountedUntil = counted.Until,
            Next = next is null ? null : Step(next, TierOutlook.ToReach(standing, ladder, next, today)),
            Keep = TierOutlook.ToKeep(standing, ladder, today) is { } keep ? Step(level!, keep) : null,
            Falls = TierOutlook.NextFall(standing, ladder, today) is { } lost ? new(lost.On, lost.Now) : null,
        };
        return why with { Says = Say(why, book) };
    }

    private static ImmutableArray<Sentence> Say(TierWhy why, RecognitionBook book) =>
    [
        book.Say(words => TierReasonWords.Standing(why, words)),
        .. (Sentence[])(why.Next is { } next ? [book.Say(words => TierReasonWords.Next(next, why, words))] : why.Tier is null ? [] : [book.Say(TierReasonWords.Top)]),
        .. (Sentence[])(why.Falls is { } falls ? [book.Say(words => TierReasonWords.Time(why, falls, words))] : []),
    ];

    /// <summary>What time has done and nobody recorded yet, or else the newest entry that moved the tier.</summary>
    private static TierTurn? TurnOf(int level, TierStanding recorded, ImmutableArray<RecognitionChange> passed, TierLadder ladder, IEnumerable<(long Version, AccountEntry Entry)> entries)
    {
        if (passed.OfType<TierLost>().LastOrDefault() is { } lost) return Turn(lost.On, lost.Tier, null, recorded, ladder);
        TierTurn? turn = null;
        foreach (var (version, entry) in entries)
        {
            foreach (var change in entry.RecognisedLater is null ? [] : entry.Recognised!.Changes)
            {
                if (change is TierReached reached) turn = Turn(reached.On, null, version, entry.Recognised!.Tier, ladder);
                else if (change is TierLost fell) turn = Turn(fell.On, fell.Tier, version, entry.Recognised!.Tier, ladder);
            }
        }

        return level == 0 && turn is { Lost: null } ? null : turn;
    }

    private static TierTurn Turn(DateOnly on, string? lost, long? version, TierStanding? then, TierLadder ladder)
    {
        var had = then is null ? default : TierRulings.Counted(then, ladder, on);
        return new(on, lost, version, had.Spend, had.Engagement);
    }

    private static TierStep Step(TierLevel level, (long Spend, long Engagement) missing) => new(level.Id, level.Name, missing.Spend, missing.Engagement, level.Both);

    private static TierLevel? LevelAt(TierLadder ladder, int at) => at >= 0 && at < ladder.Levels.Length ? ladder.Levels[at] : null;
}
