using System.Runtime.InteropServices;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Leaderboards;

/// <summary>
/// What a stretch of the journal says of one board, told entry by entry: tallies and measured events are absolute, under their member's version, so that the
/// newest of each make the scores, in whatever order they come. Who belongs to a group is who belonged by the newest of these entries.
/// </summary>
/// <param name="board">Which board.</param>
/// <param name="window">Its rows, with the stores of its region.</param>
/// <param name="ruling">By what its measure is counted; null for a board of none, or of one that there is no longer.</param>
/// <param name="journal">Where takings-back find their past, and members what they belonged to before the stretch.</param>
/// <param name="counts">Whether an entry is one that may be told.</param>
internal sealed class BoardTally(BoardId board, RollupWindow window, BoardRuling? ruling, IJournalStorage journal, Func<StoredEntry, AccountEntry, bool> counts)
{
    private const int Page = 100;

    private readonly Dictionary<(ActorId Actor, string Store, int Day), (Tally Tally, long Version)> _rows = [];
    private readonly Dictionary<(ActorId Actor, string Store, int Day, string Thing), MeasureRow> _measured = [];
    private readonly Dictionary<ActorId, (long First, CircleRow? Circle)> _belongings = [];

    private CircleKind Kind => board.Group?.Kind == BoardGroupKind.Tier ? CircleKind.Tier : CircleKind.Segments;

    public ValueTask Take(StoredEntry stored)
    {
        if (stored.Actor.Kind != "member" || AccountEntryJson.Read(stored) is not { } entry || !counts(stored, entry)) return default;
        if (board.Group is { IsOfMembers: true }) Belong(stored, entry);
        if (board.Measure is not null) return ruling is null ? default : Measure(stored, entry, ruling);
        foreach (var row in entry.Tallies)
        {
            var isOfWindow = window.IsAllTime ? row.Day == TallyRow.AllDays && window.Counts(row.Store) : row.Day != TallyRow.AllDays && window.Covers(row.Store, row.Day);
            if (!isOfWindow) continue;
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, (stored.Actor, row.Store, row.Day), out _);
            if (stored.Version > known.Version) known = (row.Tally, stored.Version);
        }

        return default;
    }

    /// <summary>Everybody with a score above zero who belongs on the board, in no order.</summary>
    public async Task<List<(MemberId Member, long Score, long ReachedAt)>> Scores()
    {
        var scores = new List<(MemberId, long, long)>();
        foreach (var (actor, score, reachedAt) in ruling is null ? Tallied() : Measured(ruling))
        {
            if (score > 0 && await Belongs(actor)) scores.Add((MemberId.Parse(actor.Key), score, reachedAt));
        }

        return scores;
    }

    private async ValueTask Measure(StoredEntry stored, AccountEntry entry, BoardRuling by)
    {
        foreach (var change in await MeasureReading.Of(by.Counts, by.NetSpend, stored.Actor, stored.Version - 1, [entry], journal.ReadForward))
        {
            if (change.Measure != board.Measure || !window.Covers(change.Store, change.Day)) continue;
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_measured, (stored.Actor, change.Store, change.Day, change.Thing), out _);
            if (stored.Version <= known.Version) continue;
            known = new()
            {
                Actor = stored.Actor, Measure = change.Measure, Store = change.Store, Day = change.Day, Thing = change.Thing, Value = change.Value, ReachedAt = change.ReachedAt, Version = stored.Version,
            };
        }
    }

    private IEnumerable<(ActorId Actor, long Score, long ReachedAt)> Tallied()
    {
        var scores = new Dictionary<ActorId, (long Score, long ReachedAt)>();
        foreach (var (key, row) in _rows)
        {
            var (value, reachedAt) = row.Tally.Of(window.Metric);
            ref var score = ref CollectionsMarshal.GetValueRefOrAddDefault(scores, key.Actor, out _);
            score = (score.Score + value, Math.Max(score.ReachedAt, reachedAt));
        }

        return scores.Select(one => (one.Key, one.Value.Score, one.Value.ReachedAt));
    }

    private IEnumerable<(ActorId Actor, long Score, long ReachedAt)> Measured(BoardRuling by)
    {
        var book = new MeasureBook(by.Measure.Aggregator, by.Worth);
        foreach (var row in _measured.Values) book.Load(row);
        return book.Members.Select(book.ScoreOf).Select(change => (ActorId.Member(board.Programme, change.Member), change.Score, change.ReachedAt));
    }

    private void Belong(StoredEntry stored, AccountEntry entry)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_belongings, stored.Actor, out var isKnown);
        if (!isKnown || stored.Version < known.First) known.First = stored.Version;
        if (!CircleRow.MayMove(entry)) return;
        foreach (var row in CircleRow.Of(stored.Actor, entry, stored.Version))
        {
            if (row.Kind == Kind && (known.Circle is not { } newest || newest.Version < row.Version)) known.Circle = row;
        }
    }

    private async ValueTask<bool> Belongs(ActorId actor)
    {
        if (board.Group is not { IsOfMembers: true } group) return true;
        var (first, circle) = _belongings[actor];
        var value = circle is { } row ? row.Value : await Before(actor, first);
        var name = group.Kind == BoardGroupKind.Team ? MemberCircles.TeamPrefix + group.Name : group.Name;
        return value.Split(' ').Contains(name);
    }

    /// <summary>What the member belonged to when the stretch began: told by the newest of its earlier entries that says so.</summary>
    private async ValueTask<string> Before(ActorId actor, long version)
    {
        while (true)
        {
            var page = await journal.ReadBackward(actor, version, Page, CancellationToken.None);
            if (page.IsEmpty) return "";
            foreach (var stored in page.OrderByDescending(stored => stored.Version))
            {
                version = stored.Version;
                if (!CircleRow.MaySay(Kind, stored) || AccountEntryJson.Read(stored) is not { } entry || !counts(stored, entry)) continue;
                foreach (var row in CircleRow.Of(actor, entry, stored.Version))
                {
                    if (row.Kind == Kind) return row.Value;
                }
            }
        }
    }
}
