using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Programmes;

/// <summary>A programme's settings and sums; it holds nothing of its own.</summary>
[StatelessWorker, Reentrant]
internal sealed class ProgrammeGrain(ProgrammeCatalog programmes, BusinessClock clock, RollupProjector projector, IRollupStorage rollup, ICircles? circles = null) : Grain, IProgrammeGrain
{
    private string Id => this.GetPrimaryKeyString();

    public Task<ProgrammeSettings?> Settings() => Task.FromResult(programmes.Find(Id));

    public Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt) => Task.FromResult(Account.Preview(AccountState.Empty, receipt, new()
    {
        Settings = programmes.Of(Id),
        Kind = AccountKind.Member,
        ReceivedAt = receivedAt,
        At = clock.At(Id, receivedAt, receipt.OccurredAt),
        Scheme = programmes.SchemeOf(Id) is { IsStated: true } scheme ? scheme : null,
    }));

    public async Task<ProgrammeTotals> Totals(string? store)
    {
        await projector.CatchUp();
        var totals = await rollup.Totals(Id, store, CancellationToken.None);
        return new(totals.Receipts, totals.AnonymousReceipts, totals.Members, totals.Points, totals.Spend);
    }

    public Task<DateTimeOffset?> BusinessTime() => Task.FromResult(clock.Now(Id));

    public async Task<bool> HasGroup(BoardGroup group) => circles is not null && await circles.Find(Id, group, CancellationToken.None) is not null;
}
