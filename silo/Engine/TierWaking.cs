using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;

namespace Gamification.Silo.Engine;

/// <summary>
/// In a replay nobody is woken when a tier's time is over. As long as somebody looks at the board of a tier, its members are, once each business day: whoever lost the tier leaves the
/// board on the day, and not with the next event.
/// </summary>
public sealed class TierWaking(ProgrammeCatalog programmes, BusinessClock clock, ICircles circles, BoardFeed feed, IGrainFactory grains, TimeProvider time)
{
    private const int AtOnce = 8;

    private readonly Dictionary<string, DateOnly> _looked = [];

    /// <summary>Wakes whom it is time to look at; how many those were, whether or not they lost anything.</summary>
    public async Task<int> Look(CancellationToken cancellation)
    {
        // Most of the time no replay has come to another day, and the feed is not asked.
        var moved = programmes.All.Where(programme => programme is { Clock: BusinessClockKind.Replay, Recognition.Tiers: not null } && NewDayOf(programme.Id) is not null).ToArray();
        if (moved.Length == 0) return 0;
        var watched = (await feed.Describe()).Boards.Where(one => one.Board.Group is { Kind: BoardGroupKind.Tier }).Select(one => one.Board.Programme).ToHashSet();
        var woken = 0;
        foreach (var programme in moved.Where(programme => watched.Contains(programme.Id)))
        {
            if (NewDayOf(programme.Id) is not { } today) continue;
            _looked[programme.Id] = today;
            foreach (var level in programme.Recognition?.Tiers?.Levels ?? [])
            {
                var circle = await circles.Find(programme.Id, new(BoardGroupKind.Tier, level.Id), cancellation) ?? Circle.Nobody;
                foreach (var some in circle.Members.Chunk(AtOnce))
                {
                    cancellation.ThrowIfCancellationRequested();
                    await Task.WhenAll(some.Select(member => grains.GetGrain<IDueMember>($"{programme.Id}/{member}").Due(time.GetUtcNow())));
                    woken += some.Length;
                }
            }
        }

        return woken;
    }

    /// <summary>Where the replay stands; null when its members were looked at on this day, and before anything was replayed.</summary>
    private DateOnly? NewDayOf(string programme) =>
        clock.Now(programme) is { } now && DateOnly.FromDateTime(now.UtcDateTime) is var today && today != _looked.GetValueOrDefault(programme) ? today : null;
}
