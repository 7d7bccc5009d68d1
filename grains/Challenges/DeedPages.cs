using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Privacy;
using Gamification.Projections;

namespace Gamification.Challenges;

/// <summary>What one entry of the journal says to those who follow members: of deeds, or of who wishes to be seen; one of the two.</summary>
public readonly record struct ToldEntry(long Seq, string Programme, MemberDeeds? Member, VisibilityChange? Wish);

/// <summary>A stretch of one partition, up to and including <see cref="ToSeq"/>: every entry that says something, in order.</summary>
public readonly record struct DeedPage(ImmutableArray<ToldEntry> Told, long ToSeq);

/// <summary>
/// The journal as challenges, leagues and impact read it. Each follows at its own pace; the newest stretch of every partition is held as it was read once, by the feed
/// as it was committed or by whoever came first, so that the others neither ask the database nor read the same bytes again.
/// </summary>
public sealed class DeedPages(IJournalStorage journal, IDeedReader deeds)
{
    private readonly ConcurrentDictionary<int, NewestDeeds> _newest = new();

    /// <summary>Whether anybody has ever read deeds here: until then nothing is worth holding.</summary>
    public bool IsFollowed { get; private set; }

    /// <summary>What is committed in (<paramref name="after"/>, <paramref name="through"/>], as far as one page goes: at least one entry further. Faults when the journal cannot be read that far.</summary>
    public async ValueTask<DeedPage> Read(int partition, long after, long through)
    {
        IsFollowed = true;
        var newest = Newest(partition);
        if (newest.Find(after, through) is { } held) return held;
        var stored = await journal.ReadCommitted(partition, after, through);
        var page = new DeedPage([.. stored.Select(Tell).OfType<ToldEntry>()], stored[^1].Seq);
        newest.Add(after, page);
        return page;
    }

    /// <summary>A commit, told in the order of its partition.</summary>
    public void Add(int partition, long previousSeq, DeedPage committed) => Newest(partition).Add(previousSeq, committed);

    /// <summary>What a commit's entries say, in order: as its notice says, so that nothing is read, or as they read.</summary>
    public IEnumerable<ToldEntry> Tell(CommittedAppend committed)
    {
        var (append, outcome) = committed;
        return append.Notice is AccountNotice { Deeds: { } known }
            ? known.Select(one => new ToldEntry(outcome.FirstSeq + one.Version - append.ExpectedVersion - 1, append.Actor.Programme, one, null))
            : committed.Stored().Select(Tell).OfType<ToldEntry>();
    }

    /// <summary>What an entry says; null for nothing.</summary>
    public ToldEntry? Tell(StoredEntry stored)
    {
        var programme = stored.Actor.Programme;
        if (stored.Actor.Kind == PrivacyForm.ActorKind) return PrivacyForm.NoticeOf(stored) is { Wish: var wish } ? new(stored.Seq, programme, null, wish) : null;
        return deeds.Read(stored) is { } member ? new(stored.Seq, programme, member, null) : null;
    }

    private NewestDeeds Newest(int partition) => _newest.GetOrAdd(partition, static _ => new());
}
