using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Privacy;
using Gamification.Projections;
using Gamification.Rules.Boards;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Leaderboards;

/// <summary>
/// Works out from the journal how a closed board stood. It is a function of the certificate's fields and the entries up to its watermark, so that
/// whoever has the journal comes to the same bytes, today or in ten years: settling, reading and verifying are one path.
/// </summary>
public sealed class BoardFreezing(IJournalStorage journal, BoardRules rules)
{
    /// <summary>Far more than lies between a request and its commit.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromDays(1);

    /// <param name="terms">What the standings follow from.</param>
    /// <param name="wished">
    /// Everybody who ever wished to be seen or not, where entries are recorded when they are received: then those recorded long before the window, and after
    /// the closing, need not be read, and it comes to the same. Null to read all.
    /// </param>
    public async Task<FrozenStandings> Freeze(BoardTerms terms, IReadOnlySet<MemberId>? wished = null)
    {
        var (board, closes) = (terms.Board, terms.ReceivedBefore);
        var window = RollupWindow.Of(board) with { Region = terms.Stores?.ToImmutableSortedSet(StringComparer.Ordinal) };
        var ruling = terms.Rules is { } by ? await rules.Find(board, by) ?? throw new InvalidOperationException($"{board} was counted by documents that the journal does not have.") : null;
        var tally = new BoardTally(board, window, ruling, journal, (_, entry) => closes is not { } end || entry.ReceivedAt.ToUnixTimeMilliseconds() < end);
        var wishes = new NewestWishes();
        foreach (var (partition, through) in terms.Watermark)
        {
            for (var after = wished is not null ? await BoardHistory.Before(journal, window, new(partition, 0, through)) : 0L; after < through;)
            {
                var page = await journal.ReadCommitted(partition, after, through);
                if (wished is not null && closes is { } ends && page[0].RecordedAt - DateTimeOffset.FromUnixTimeMilliseconds(ends) > LateMax) break;
                foreach (var stored in page.Where(stored => stored.Actor.Programme == window.Programme))
                {
                    if (stored.Actor.Kind == PrivacyForm.ActorKind) Wish(stored);
                    else await tally.Take(stored);
                }

                after = page[^1].Seq;
            }
        }

        var scores = await tally.Scores();
        foreach (var member in scores.Select(one => one.Member).Where(member => wished?.Contains(member) == true && !wishes.Knows(member.Value)))
        {
            await foreach (var stored in journal.ReadAll(PrivacyForm.ActorOf(window.Programme, member))) Wish(stored);
        }

        var slots = new SlotHash(board.ToString());
        return FrozenStandings.Of(new Individually(),
        [
            .. scores.Select(one => new FrozenRow(
                slots.Of(one.Member.Value), one.Member.Value, 0, 0, one.Score, one.ReachedAt, 0, wishes.Hides(one.Member.Value))),
        ]);

        void Wish(StoredEntry stored)
        {
            if (closes is not { } before || stored.RecordedAt.ToUnixTimeMilliseconds() < before) wishes.Take(stored);
        }
    }
}
