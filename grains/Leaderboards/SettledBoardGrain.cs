using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rules.Boards;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Leaderboards;

/// <summary>
/// One settled board. Whether it is time, a rule says; the journal keeps the certificate; then it can be read. Its standings are worked out again when somebody
/// asks for them, and held to the certificate.
/// </summary>
internal sealed class SettledBoardGrain(
    IJournal journal, IJournalStorage storage, BoardFreezing freezing, BoardWindows windows, ProgrammeCatalog programmes, BusinessClock clock, RollupProjector projector, IRollupStorage rollup, BoardRules rules)
    : Grain, ISettledBoardGrain
{
    private const int PageMax = 500;

    /// <summary>What was received before the closing is in the journal by then.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private BoardId _id;
    private BoardSettled? _settled;
    private FrozenStandings? _standings;
    private ImmutableArray<FrozenRow> _seen = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = BoardId.Parse(this.GetPrimaryKeyString());
        return Load(cancellationToken);
    }

    public async Task<SettledBoard> Settle()
    {
        if (_settled is not null || !IsTime()) return Told();
        var receivedBefore = programmes.Of(_id.Programme).Clock == BusinessClockKind.Replay ? null : ClosesAt?.ToUnixTimeMilliseconds();
        ImmutableArray<string>? stores = _id.Group is not { Kind: BoardGroupKind.Region } ? null : [.. windows.Of(_id).Region!];
        ImmutableArray<Position> watermark = [.. (await storage.Heads(CancellationToken.None)).Select(head => new Position(head.Partition, head.LastSeq))];
        var terms = new BoardTerms(_id, stores, receivedBefore, watermark, await RulesFor());
        if (_id.Measure is not null && terms.Rules is null) return Told();
        var standings = await freezing.Freeze(terms, await Wished());
        var certificate = BoardCertificate.Of(terms, standings);
        var settled = new BoardSettled(certificate.Text(), certificate.Hash());
        try
        {
            var outcome = await journal.Append(new() { Actor = SettledForm.ActorOf(_id), ExpectedVersion = 0, Entries = [SettledForm.Write(settled)] });
            if (outcome is AppendOutcome.Appended) Show(settled, standings);
            else await Load(CancellationToken.None);
        }
        catch (CommitOutcomeUnknownException)
        {
            DeactivateOnIdle();
            throw;
        }

        return Told();
    }

    public Task<SettledBoard> View() => Task.FromResult(Told());

    public async Task<BoardPage> Page(int offset, int limit)
    {
        if (await Frozen() is null) return new(_id, 0, []);
        await projector.CatchUp();
        var hidden = (await rollup.Visibility(_id.Programme, CancellationToken.None)).Where(wish => wish.IsHidden).Select(wish => wish.Member.Value).ToHashSet();
        return new(_id, _seen.Length, SettledRows.Page(_seen, Math.Max(0, offset), Math.Clamp(limit, 0, PageMax), member => !hidden.Contains(member)));
    }

    public async Task<ReadOnlyMemory<byte>?> Standings(int chunk) =>
        await Frozen() is { } standings && chunk >= 0 && chunk < StandingsText.ChunksOf(standings.Rows.Length) ? StandingsText.Standings(standings, chunk) : (ReadOnlyMemory<byte>?)null;

    private DateTimeOffset? ClosesAt => BoardClosing.IsSettled(_id) ? BoardClosing.Of(_id, programmes.Of(_id.Programme)) : null;

    /// <summary>Null where entries tell of a history, which is recorded at another time than it happened.</summary>
    private async Task<IReadOnlySet<MemberId>?> Wished()
    {
        if (programmes.Of(_id.Programme).Clock != BusinessClockKind.Live) return null;
        await projector.CatchUp();
        return (await rollup.Visibility(_id.Programme, CancellationToken.None)).Select(wish => wish.Member).ToHashSet();
    }

    /// <summary>A measure is what it was when nothing counted any more, or, if it was there only later, what it is now. Null without a measure, or one that there is no longer.</summary>
    private async Task<RulesAt?> RulesFor()
    {
        if (_id.Measure is null) return null;
        var atClosing = rules.Now(_id.Programme, ClosesAt!.Value);
        if (await rules.Find(_id, atClosing) is not null) return atClosing;
        var now = rules.Now(_id.Programme, clock.Now(_id.Programme)!.Value);
        return await rules.Find(_id, now) is null ? null : now;
    }

    private bool IsTime() => ClosesAt is { } closes && clock.Now(_id.Programme) is { } now && now >= closes + Margin;

    private SettledBoard Told() => _settled is not { } settled ? new(_id, ClosesAt) : new(_id, ClosesAt)
    {
        Hash = settled.Hash,
        Certificate = settled.Certificate,
        Chunks = StandingsText.ChunksOf(BoardCertificate.Parse(settled.Certificate).Rows),
    };

    /// <summary>The standings, worked out when first asked. Others than those certified are shown to nobody.</summary>
    private async Task<FrozenStandings?> Frozen()
    {
        if (_settled is not { } settled || _standings is not null) return _standings;
        var certificate = BoardCertificate.Parse(settled.Certificate);
        var standings = await freezing.Freeze(certificate.Terms, await Wished());
        if (BoardCertificate.Of(certificate.Terms, standings).Hash() != settled.Hash)
            throw new InvalidOperationException($"The journal no longer comes to the standings of {_id} that were certified: run verify.");
        Show(settled, standings);
        return standings;
    }

    private void Show(BoardSettled settled, FrozenStandings standings) => (_settled, _standings, _seen) = (settled, standings, SettledRows.Seen(standings));

    private async Task Load(CancellationToken cancellation) =>
        _settled = (await journal.ReadForward(SettledForm.ActorOf(_id), 0, 1, cancellation)).Select(SettledForm.Read).FirstOrDefault();
}
